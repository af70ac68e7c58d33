// The part of the two documents that the page's script draws, packed for a script element.
//
// Rows of tables are not in it, for they stand in the page as HTML. What depends on time is kept apart from the rest: it goes into the
// one line of the page that changes from run to run.
#pragma once

#include <string>
#include <string_view>

namespace weft {

/// {"analysis": ..., "run": ...} without times; a document that is empty is left out.
std::string lasting_browser_json(std::string_view analysis_json, std::string_view run_json);

/// What the charts of the section on time show.
std::string times_browser_json(std::string_view run_json);

/// gzip in base64. The same text gives the same letters: the header names no time and no system.
std::string gzip_base64(std::string_view text);

std::string base64(std::string_view bytes);

/// Base64 of the bytes that the hexadecimal digits stand for, as Content-Security-Policy wants digests.
std::string base64_of_hex(std::string_view digits);

}  // namespace weft
