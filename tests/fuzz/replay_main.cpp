// Runs a fuzz target where there is no libFuzzer: on files as they are, then on as many mutations of them as asked for.
//
//     fuzz_features [--rounds N] [--seed S] FILE...
//
// The mutations depend on seed, round and files alone. The input that is being run lies in <program>.input in the working folder: after
// a crash it is the one to look at.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

/// Bytes that parsers care about.
constexpr char telling[] = "\0\t\n\r >@+-*:;,.=0159ACGTNacgtnMIDSHXZ#\xff\x7f\x80";
constexpr std::string_view telling_bytes{telling, sizeof telling - 1};

class Mutator {
public:
    Mutator(const std::vector<std::string>& seeds, std::uint64_t seed) : seeds_(seeds), random_(seed) {}

    std::string next() {
        std::string input = seeds_[below(seeds_.size())];
        for (std::size_t edits = 1 + below(8); edits > 0; --edits) edit(input);
        return input;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

    void edit(std::string& input) {
        const std::size_t at = below(input.size() + 1);
        const std::size_t some = std::min(input.size() - at, below(below(2) == 0 ? 4 : 200));
        switch (below(7)) {
            case 0: if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << below(8))); break;
            case 1: if (at < input.size()) input[at] = telling_bytes[below(telling_bytes.size())]; break;
            case 2: input.insert(at, 1 + below(4), telling_bytes[below(telling_bytes.size())]); break;
            case 3: input.erase(at, some); break;
            case 4: input.insert(below(input.size() + 1), input.substr(at, some)); break;
            case 5: if (below(4) == 0) input.resize(at); break;
            default: {   // go on with another seed
                const std::string& other = seeds_[below(seeds_.size())];
                input.resize(at);
                input += other.substr(below(other.size() + 1), 4'096);
            }
        }
    }

    const std::vector<std::string>& seeds_;
    std::mt19937_64 random_;
};

std::string content_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(std::string("cannot read ") + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run(const std::string& input, const std::string& kept) {
    std::ofstream(kept, std::ios::binary) << input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t rounds = 0, seed = 1;
    std::vector<std::string> seeds;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if ((argument == "--rounds" || argument == "--seed") && i + 1 < argc)
            (argument == "--rounds" ? rounds : seed) = std::stoull(argv[++i]);
        else
            seeds.push_back(content_of(argv[i]));
    }
    if (seeds.empty()) seeds.emplace_back();
    const std::string kept = std::filesystem::path(argv[0]).filename().string() + ".input";
    for (const std::string& input : seeds) run(input, kept);
    Mutator mutator(seeds, seed);
    for (std::uint64_t round = 0; round < rounds; ++round) run(mutator.next(), kept);
    std::filesystem::remove(kept);
    std::printf("%zu files and %llu mutations of them\n", seeds.size(), static_cast<unsigned long long>(rounds));
}
