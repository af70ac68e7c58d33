// MD5 of sequences, as @SQ M5 and CRAM's reference registry know them: over the upper-case letters, without line ends.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct hts_md5_context;

namespace weft {

/// MD5 of a sequence that may arrive in pieces. Case is folded here; everything else is hashed as it comes, so the caller
/// passes letters only (SAM specification, section 1.3.2).
class SequenceMd5 {
public:
    SequenceMd5();

    void update(std::string_view letters);

    /// 32 lower-case hex digits. Ends the computation: no `update` may follow.
    std::string hex();

private:
    struct Free {
        void operator()(hts_md5_context* context) const noexcept;
    };
    std::unique_ptr<hts_md5_context, Free> context_;
};

/// The same for a sequence in one piece.
std::string sequence_md5(std::string_view letters);

}  // namespace weft
