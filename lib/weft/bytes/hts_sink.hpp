// An output of HTSlib whose write errors we see, and HTSlib does not.
//
// HTSlib 1.16 cannot be closed safely once a write has failed: a BAM leaves its memory and its descriptor behind, and a CRAM tries to
// write its end marker, fails, closes itself to clean up, tries to write its end marker, and so on until the stack is full.
// So the descriptor under HTSlib is ours. When a write has failed or the output is given up, it is turned to /dev/null before
// HTSlib closes. When the output is complete, it is turned to memory, and the last bytes that HTSlib writes on closing are written
// from there, by us, with a check.
#pragma once

#include <string>

#include "weft/bytes/hts_handle.hpp"

namespace weft {

class HtsSink {
public:
    /// Opens `path` ("-" is standard output) for writing; `mode` is "wb6", "wc" or the like. `shown` names the output in messages.
    HtsSink(const std::string& path, const std::string& shown, const std::string& mode);
    ~HtsSink();   // without `close`: nothing more is written
    HtsSink(const HtsSink&) = delete;
    HtsSink& operator=(const HtsSink&) = delete;

    htsFile* get() const { return file_.get(); }

    /// Throws SystemError (ClosedPipe) when the status of a call of HTSlib is negative, with errno as the reason.
    void check(int status) const;

    /// From here on HTSlib writes to memory, which does not fail. Called by `close`; earlier when HTSlib has to finish an index.
    void hold_back();

    /// Closes HTSlib and writes what was held back. Throws as `check`.
    void close();

private:
    void write_held_back();

    std::string shown_;
    HtsFile file_{};
    hFILE* bytes_ = nullptr;   // of file_
    int descriptor_ = -1;      // under bytes_, which closes it
    int output_ = -1;          // the output itself, once descriptor_ leads to held_
    int held_ = -1;
};

}  // namespace weft
