#include "weft/bytes/download.hpp"

#include <algorithm>
#include <cerrno>
#include <cctype>
#include <span>
#include <system_error>
#include <vector>

#include "weft/bytes/hts_handle.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"

namespace weft {

bool is_url(std::string_view path) {
    const std::size_t colon = path.find("://");
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view scheme = path.substr(0, colon);
    return scheme != "file" && std::all_of(scheme.begin(), scheme.end(), [](unsigned char letter) { return std::isalnum(letter) || letter == '+'; });
}

void download(const std::string& url, const std::string& target, const std::atomic<bool>* stop, const std::function<void(std::uint64_t)>& told) {
    errno = 0;
    const HFile stream{hopen(url.c_str(), "r")};
    const auto refuse = [&](const std::string& what, int error_number) {
        throw SystemError{{url, what + (error_number == 0 ? "" : ": " + std::generic_category().message(error_number)), "check the address and the network"}};
    };
    if (!stream) refuse("cannot be opened", errno);
    OutputFile file(target);
    std::vector<char> buffer(std::size_t{1} << 20);
    for (;;) {
        if (stop != nullptr && stop->load()) throw Cancelled{{url, "the download was stopped", ""}};
        const ssize_t count = hread(stream.get(), buffer.data(), buffer.size());
        if (count < 0) refuse("broke off", herrno(stream.get()));
        if (count == 0) break;
        file.write(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
        if (told) told(file.size());
    }
    file.commit();
}

}  // namespace weft
