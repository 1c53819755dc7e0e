#include <aftercare/plugin.h>

// Built for a door that does not exist yet.
extern "C" const ac_plugin aftercare_plugin = {sizeof(ac_plugin), 9, 4, nullptr, nullptr, nullptr, nullptr, nullptr};
