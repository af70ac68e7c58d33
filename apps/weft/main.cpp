#include <fmt/format.h>

int main() {
    fmt::print("weft {}\n", WEFT_VERSION);
    return 0;
}
