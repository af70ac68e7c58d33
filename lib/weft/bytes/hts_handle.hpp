// HTSlib's handles as owners. Internal to bytes/ and record/: no other layer sees HTSlib.
//
// These deleters close without looking, which is right for inputs and for outputs that are given up. An output that is to
// be kept must be released and closed with a check, because its last bytes are written there.
#pragma once

#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>
#include <htslib/sam.h>

#include <cstdlib>
#include <memory>

namespace weft {

struct CloseHts {
    void operator()(hFILE* file) const noexcept { hclose_abruptly(file); }
    void operator()(BGZF* file) const noexcept { (void)bgzf_close(file); }
    void operator()(htsFile* file) const noexcept { (void)hts_close(file); }
    void operator()(sam_hdr_t* header) const noexcept { sam_hdr_destroy(header); }
    void operator()(bam1_t* record) const noexcept { bam_destroy1(record); }
    void operator()(hts_idx_t* index) const noexcept { hts_idx_destroy(index); }
    void operator()(hts_itr_t* iterator) const noexcept { hts_itr_destroy(iterator); }
};

using HFile = std::unique_ptr<hFILE, CloseHts>;
using BgzfFile = std::unique_ptr<BGZF, CloseHts>;
using HtsFile = std::unique_ptr<htsFile, CloseHts>;
using SamHeader = std::unique_ptr<sam_hdr_t, CloseHts>;
using BamRecord = std::unique_ptr<bam1_t, CloseHts>;
using HtsIndex = std::unique_ptr<hts_idx_t, CloseHts>;
using HtsIterator = std::unique_ptr<hts_itr_t, CloseHts>;

/// A string that HTSlib grows.
struct HtsString : kstring_t {
    HtsString() : kstring_t{0, 0, nullptr} {}
    ~HtsString() { std::free(s); }
    HtsString(const HtsString&) = delete;
    HtsString& operator=(const HtsString&) = delete;
};

/// Stops HTSlib from writing to standard error, for the whole process: it has no other switch. Everything that opens a file
/// through HTSlib calls this first; what HTSlib would have said is in the errors we throw.
inline void quiet_hts() { hts_set_log_level(HTS_LOG_OFF); }

}  // namespace weft
