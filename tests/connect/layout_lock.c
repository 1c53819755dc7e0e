#include <aftercare/plugin_ext.h>
#include <stddef.h>

/* The door is frozen: a member that moves or changes its type stops this file from compiling. Append lines, never change one. */
#define AT(type, member, offset, kind)                                                                \
    _Static_assert(offsetof(type, member) == (offset), #type "." #member " moved");                   \
    _Static_assert(_Generic(&((type *)0)->member, kind * : 1, default : 0), #type "." #member " has another type")

typedef ac_bytes (*manifest_fn)(void);
typedef int32_t (*open_fn)(const ac_host *, ac_bytes, void **, const ac_writer *);
typedef int32_t (*call_fn)(void *, const ac_call *, const ac_writer *);
typedef void (*close_fn)(void *);
typedef const void *(*get_fn)(const char *);
typedef const void *(*host_get_fn)(void *, const char *);
typedef int32_t (*put_fn)(void *, ac_bytes);
typedef const char *text;

AT(ac_bytes, data, 0, text);
AT(ac_bytes, size, 8, uint64_t);
AT(ac_writer, struct_size, 0, uint32_t);
AT(ac_writer, ctx, 8, void *);
AT(ac_writer, put, 16, put_fn);
AT(ac_host, struct_size, 0, uint32_t);
AT(ac_host, abi_major, 4, uint16_t);
AT(ac_host, abi_minor, 6, uint16_t);
AT(ac_host, ctx, 8, void *);
AT(ac_host, get, 16, host_get_fn);
AT(ac_call, struct_size, 0, uint32_t);
AT(ac_call, attempt, 4, uint32_t);
AT(ac_call, call_id, 8, uint64_t);
AT(ac_call, deadline_unix_ms, 16, int64_t);
AT(ac_call, op, 24, ac_bytes);
AT(ac_call, request, 40, ac_bytes);
AT(ac_call, idempotency_key, 56, ac_bytes);
AT(ac_call, trace, 72, ac_bytes);
AT(ac_plugin, struct_size, 0, uint32_t);
AT(ac_plugin, abi_major, 4, uint16_t);
AT(ac_plugin, abi_minor, 6, uint16_t);
AT(ac_plugin, manifest, 8, manifest_fn);
AT(ac_plugin, open, 16, open_fn);
AT(ac_plugin, call, 24, call_fn);
AT(ac_plugin, close, 32, close_fn);
AT(ac_plugin, get, 40, get_fn);
_Static_assert(offsetof(ac_log, log) == 8 && offsetof(ac_clock, monotonic_ms) == 16 && offsetof(ac_cancel, remaining_ms) == 16, "moved");
_Static_assert(offsetof(ac_store, del) == 24 && offsetof(ac_folder, move) == 32, "moved");
