// Filter expressions: whatever is accepted has a canonical text that reads back as the same expression, and can be asked and linted.
#include "fuzz/fuzz_target.hpp"
#include "weft/stages/filter_lint.hpp"
#include "weft/stages/filter_parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    const std::string_view text = fuzz::text_of(data, size);
    const ParsedFilter parsed = parse_filter(text);
    fuzz::must(parsed.expression.has_value() == parsed.problems.empty());
    for (const FilterProblem& problem : parsed.problems) fuzz::must(problem.column <= size && !problem.message.empty());
    if (!parsed.expression) return 0;

    const ParsedFilter again = parse_filter(parsed.expression->text());
    fuzz::must(again.expression && *again.expression == *parsed.expression && again.expression->text() == parsed.expression->text());
    FilterFields record;
    record.identity = 0.5;
    record.name = text;
    fuzz::must(again.expression->passes(record) == parsed.expression->passes(record));
    for (const FilterProblem& finding : lint_filter(*parsed.expression)) fuzz::must(finding.column < size);
    return 0;
}
