// Intervals in the messages of failed checks.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "weft/model/coordinates.hpp"

namespace Catch {

template <class Sequence>
struct StringMaker<weft::Interval<Sequence>> {
    static std::string convert(const weft::Interval<Sequence>& interval) {
        return "[" + std::to_string(interval.begin) + ", " + std::to_string(interval.end) + ")";
    }
};

}   // namespace Catch
