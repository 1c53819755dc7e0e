#pragma once

namespace aftercare::env {

/// As many arenas of memory as cores: the service has hundreds of threads that take turns, and with an arena for each few of
/// them what one frees another does not find, so that memory grows for hours. Call it before threads start; it is for the
/// whole process. Does nothing where the C library is not glibc.
void share_arenas();

}  // namespace aftercare::env
