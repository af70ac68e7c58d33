#include "weft/model/error.hpp"

namespace weft {
namespace {

std::string text_of(const Complaint& complaint) {
    std::string text;
    if (!complaint.where.empty()) text += complaint.where + ": ";
    text += complaint.problem;
    if (!complaint.advice.empty()) text += "; " + complaint.advice;
    return text;
}

}  // namespace

Error::Error(Complaint complaint) : std::runtime_error(text_of(complaint)), complaint_(std::move(complaint)) {}

}  // namespace weft
