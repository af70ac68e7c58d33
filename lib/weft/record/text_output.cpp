// SAM and PAF: encoded text goes to the file as it is.
#include "weft/bytes/output_file.hpp"
#include "weft/record/record_output.hpp"

namespace weft {
namespace {

class TextOutput final : public RecordOutput {
public:
    TextOutput(const std::string& path, std::string_view header) : file_(path) { file_.write(header); }

    void write(std::string_view records) override { file_.write(records); }
    void close(const std::atomic<bool>*) override { file_.commit(); }

private:
    OutputFile file_;
};

}  // namespace

std::unique_ptr<RecordOutput> open_text_output(const std::string& path, std::string_view header) {
    return std::make_unique<TextOutput>(path, header);
}

}  // namespace weft
