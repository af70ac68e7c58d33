// The last words of a program that crashes: which feature it was at.
#pragma once

namespace weft {

/// From now on SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT put a line on standard error that names the feature which the thread was
/// aligning, if it was; then the process dies of the signal, as it would without. Also lets WEFT_FAULT=align@NAME crash it there.
void name_feature_at_crash();

}  // namespace weft
