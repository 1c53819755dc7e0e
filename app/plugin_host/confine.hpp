#pragma once

namespace aftercare::plugin_host {

/// Before any plugin code runs: only fds 0 to 3, no new privileges, resource limits, locale, working directory.
void confine();
/// After loading: not traceable, no core. (Earlier it would close /proc/self/fd to ourselves.)
void seal();

}  // namespace aftercare::plugin_host
