// What comes from elsewhere and can be read once becomes a file: from a web or object store, by HTSlib's own readers (https, ftp, s3, gs
// where HTSlib was built with them), and from standard input.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace weft {

/// Whether a path is a URL: "https://…", "s3://…". "file:" is none.
bool is_url(std::string_view path);

/// Copies what a URL gives into a file, whole or not at all. `told` is called now and then with the bytes so far. Throws SystemError when
/// the other side refuses or breaks off, Cancelled when `stop` is set.
void download(const std::string& url, const std::string& target, const std::atomic<bool>* stop = nullptr,
              const std::function<void(std::uint64_t)>& told = {});

/// The same for all that standard input gives. Throws SystemError when it is closed.
void keep_standard_input(const std::string& target, const std::atomic<bool>* stop = nullptr);

}  // namespace weft
