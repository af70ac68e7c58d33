#include "weft/record/kept_tags.hpp"

#include <htslib/sam.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "weft/bytes/hts_handle.hpp"

using namespace weft;
using namespace std::string_literals;

namespace {

/// Optional fields as text, put into BAM encoding by HTSlib.
std::string encoded(const std::string& fields) {
    const SamHeader header(sam_hdr_init());
    const BamRecord record(bam_init1());
    HtsString line;
    kputs(("r\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*" + (fields.empty() ? "" : "\t" + fields)).c_str(), &line);
    if (sam_parse1(&line, header.get(), record.get()) < 0) throw std::runtime_error("not parsed: " + fields);
    return {reinterpret_cast<const char*>(bam_get_aux(record.get())), static_cast<std::size_t>(bam_get_l_aux(record.get()))};
}

}  // namespace

TEST_CASE("fields about the read are kept, fields about its old alignment are dropped", "[record]") {
    struct Case {
        const char* before;
        const char* after;
    };
    for (const Case& test : {
             Case{"", ""},
             Case{"RG:Z:one\tNM:i:3\tBC:Z:ACGT", "RG:Z:one\tBC:Z:ACGT"},
             Case{"MD:Z:10\tcs:Z::10\tSA:Z:x,1,+,5M,60,0;\ttp:A:P\tcm:i:3\ts1:i:3\tAS:i:300\tms:i:1\tde:f:0.1\trl:i:0\tnn:i:0", ""},
             Case{"MM:Z:C+m,1;\tML:B:C,7,200\tMN:i:4", "MM:Z:C+m,1;\tML:B:C,7,200\tMN:i:4"},
             Case{"xa:A:x\txb:i:-1\txc:i:255\txd:i:-300\txe:i:70000\txf:f:1.5\txg:H:1AE3\txh:B:s,-1,2\txi:B:f,1,2\txj:B:I,1",
                  "xa:A:x\txb:i:-1\txc:i:255\txd:i:-300\txe:i:70000\txf:f:1.5\txg:H:1AE3\txh:B:s,-1,2\txi:B:f,1,2\txj:B:I,1"},
             Case{"NM:B:c,1,2\tMD:H:1A\tzz:Z:", "zz:Z:"},
             Case{"MQ:i:1\tMC:Z:5M\tXA:Z:x\tXS:i:3\tNH:i:1\tPG:Z:bwa\tUB:Z:AC", "UB:Z:AC"},
         }) {
        INFO(test.before);
        std::string kept = "before";
        CHECK(append_kept_tags(encoded(test.before), Strand::forward, kept));
        CHECK(kept == "before" + encoded(test.after));
    }
}

TEST_CASE("damaged fields are noticed wherever they are cut", "[record]") {
    for (const char* field : {"xa:A:x", "xc:i:255", "xd:i:-300", "xe:i:70000", "xf:f:1.5", "xg:H:1AE3", "xz:Z:text", "xh:B:s,-1,2", "xj:B:I,1"}) {
        const std::string whole = encoded(field);
        for (std::size_t length = 1; length < whole.size(); ++length) {
            INFO(field << " cut to " << length);
            std::string kept;
            CHECK_FALSE(append_kept_tags(whole.substr(0, length), Strand::forward, kept));
            CHECK_FALSE(append_kept_tags(encoded("RG:Z:x") + whole.substr(0, length), Strand::forward, kept));
            CHECK(kept == encoded("RG:Z:x"));
        }
    }
    std::string kept;
    CHECK_FALSE(append_kept_tags("xaQ\1\1\1\1", Strand::forward, kept));                       // no such type
    CHECK_FALSE(append_kept_tags("xaBQ\1\0\0\0\0\0\0\0"s, Strand::forward, kept));             // no such type of array
    CHECK_FALSE(append_kept_tags("xaBi\xff\xff\xff\xff\0\0\0\0"s, Strand::forward, kept));     // longer than the record
}

TEST_CASE("original qualities turn with the read, everything else stays", "[record]") {
    const std::string tags = encoded("RG:Z:abc\tOQ:Z:ABC\tNM:i:1\tML:B:C,1,2\txx:Z:xyz\tOQ:i:7\tOQ:Z:");
    std::string kept;
    CHECK(append_kept_tags(tags, Strand::reverse, kept));
    CHECK(kept == encoded("RG:Z:abc\tOQ:Z:CBA\tML:B:C,1,2\txx:Z:xyz\tOQ:i:7\tOQ:Z:"));
}
