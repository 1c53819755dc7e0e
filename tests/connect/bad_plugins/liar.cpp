#include <aftercare/plugin.h>

// Says something else than its plugin.json.
namespace {
ac_bytes manifest() { return {"{\"id\":\"other\"}", 14}; }
int32_t open_one(const ac_host*, ac_bytes, void**, const ac_writer*) { return AC_OK; }
int32_t call(void*, const ac_call*, const ac_writer*) { return AC_NO_REPLY; }
void close_one(void*) {}
}  // namespace
extern "C" const ac_plugin aftercare_plugin = {sizeof(ac_plugin), AC_ABI_MAJOR, AC_ABI_MINOR, manifest, open_one, call, close_one,
                                               nullptr};
