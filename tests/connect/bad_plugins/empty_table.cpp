#include <aftercare/plugin.h>

// Says that its table holds nothing.
extern "C" const ac_plugin aftercare_plugin = {0, AC_ABI_MAJOR, AC_ABI_MINOR, nullptr, nullptr, nullptr, nullptr, nullptr};
