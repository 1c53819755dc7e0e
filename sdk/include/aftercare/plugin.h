/* The door between the service and a plugin: C11, one exported table. Business travels as UTF-8 JSON by operation name
 * ("warehouse.pull/1"), mechanism as tables fetched by name (plugin_ext.h). No C++ type, exception or allocator crosses.
 *
 * Rules. Every struct begins with struct_size: the receiver copies min(theirs, its own) into a zeroed one; what lies beyond is
 * absent. Fields are only appended. A different abi_major is refused; a bigger abi_minor loads and finds some tables missing.
 * Inputs are borrowed until the function returns; outputs are pushed through the caller's writer, which copies.
 * Threads: [any] from any thread at any time; [instance] one call at a time per instance; [exclusive] nothing beside it. */
#ifndef AFTERCARE_PLUGIN_H
#define AFTERCARE_PLUGIN_H
#include <stdint.h>

#define AC_ABI_MAJOR 1
#define AC_ABI_MINOR 0
#define AC_MAX_PAYLOAD 8388608 /* bytes of one request, reply or file */

/* What open and call return, and the host's own functions where they say so. */
#define AC_OK 0         /* the result was written */
#define AC_NO_REPLY 1   /* nothing was written */
#define AC_BAD_OP 2     /* no such operation */
#define AC_BAD_JSON 3   /* the request is not what the operation takes */
#define AC_NO_MEMORY 4
#define AC_ERROR 5      /* an error object was written: {"class","code","message",...} */
#define AC_PANIC 70     /* the edge caught an exception */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ac_bytes {
    const char *data; /* not NUL-terminated; null only when size is 0 */
    uint64_t size;
} ac_bytes;

typedef struct ac_writer {
    uint32_t struct_size, reserved;
    void *ctx;
    int32_t (*put)(void *ctx, ac_bytes chunk); /* nonzero: too much, stop */
} ac_writer;

typedef struct ac_host { /* one per instance, valid from open to close */
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    void *ctx;                                       /* first argument of every function of this host */
    const void *(*get)(void *ctx, const char *name); /* [any] "aftercare.log/1" -> its table, or null */
} ac_host;

typedef struct ac_call {
    uint32_t struct_size, attempt; /* attempt 1 is the first */
    uint64_t call_id;
    int64_t deadline_unix_ms; /* by the host's clock; later answers may be lost */
    ac_bytes op, request, idempotency_key, trace;
} ac_call;

typedef struct ac_plugin {
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    ac_bytes (*manifest)(void);                                                           /* [any] equals plugin.json */
    int32_t (*open)(const ac_host *host, ac_bytes settings, void **self, const ac_writer *error); /* [exclusive] */
    int32_t (*call)(void *self, const ac_call *call, const ac_writer *reply);             /* [instance] */
    void (*close)(void *self);                                                            /* [exclusive] joins threads */
    const void *(*get)(const char *name);                                                 /* [any] may be null */
} ac_plugin;

/* The only symbol a plugin exports. */
extern __attribute__((visibility("default"))) const ac_plugin aftercare_plugin;

#ifdef __cplusplus
}
#endif
#endif
