#include "weft/bytes/download.hpp"

#include <algorithm>
#include <cerrno>
#include <cctype>
#include <system_error>
#include <vector>

#include "weft/bytes/hts_handle.hpp"
#include "weft/bytes/input_file.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

struct Source {
    std::string name;
    std::string advice;

    [[noreturn]] void refuse(const std::string& what, int error_number) const {
        throw SystemError{{name, what + (error_number == 0 ? "" : ": " + std::generic_category().message(error_number)), advice}};
    }
};

void copy(hFILE& stream, const Source& source, const std::string& target, const std::atomic<bool>* stop, const std::function<void(std::uint64_t)>& told) {
    OutputFile file(target);
    std::vector<char> buffer(std::size_t{1} << 20);
    for (;;) {
        if (stop != nullptr && stop->load()) throw Cancelled{{source.name, "the transfer was stopped", ""}};
        const ssize_t count = hread(&stream, buffer.data(), buffer.size());
        if (count < 0) source.refuse("broke off", herrno(&stream));
        if (count == 0) break;
        file.write(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
        if (told) told(file.size());
    }
    file.commit();
}

}  // namespace

bool is_url(std::string_view path) {
    const std::size_t colon = path.find("://");
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view scheme = path.substr(0, colon);
    return scheme != "file" && std::all_of(scheme.begin(), scheme.end(), [](unsigned char letter) { return std::isalnum(letter) || letter == '+'; });
}

void download(const std::string& url, const std::string& target, const std::atomic<bool>* stop, const std::function<void(std::uint64_t)>& told) {
    const Source source{url, "check the address and the network"};
    errno = 0;
    const HFile stream{hopen(url.c_str(), "r")};
    if (!stream) source.refuse("cannot be opened", errno);
    copy(*stream, source, target, stop, told);
}

void keep_standard_input(const std::string& target, const std::atomic<bool>* stop) {
    const InputFile input = open_input("-");
    copy(*input.stream, {input.name, ""}, target, stop, {});
}

}  // namespace weft
