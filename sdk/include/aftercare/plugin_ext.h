/* What a host offers beyond the door, fetched by ac_host.get(name). `ctx` is always ac_host.ctx. */
#ifndef AFTERCARE_PLUGIN_EXT_H
#define AFTERCARE_PLUGIN_EXT_H
#include <aftercare/plugin.h>

#define AC_LOG_NAME "aftercare.log/1"
#define AC_CLOCK_NAME "aftercare.clock/1"
#define AC_CANCEL_NAME "aftercare.cancel/1"
#define AC_STORE_NAME "aftercare.store/1"
#define AC_FOLDER_NAME "aftercare.folder/1"

/* Levels of log/1. Lines over 8 KiB are cut. */
#define AC_LOG_DEBUG 1
#define AC_LOG_INFO 2
#define AC_LOG_WARN 3
#define AC_LOG_ERROR 4

/* Answers of store/1 and folder/1. */
#define AC_NOT_FOUND 10
#define AC_DENIED 11 /* a bad name, no such right, or not during a call */
#define AC_TOO_BIG 12
#define AC_EXISTS 13
#define AC_IO 14 /* the disk said no; the host has logged why */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ac_log { /* [any] */
    uint32_t struct_size, reserved;
    void (*log)(void *ctx, int32_t level, ac_bytes message);
} ac_log;

typedef struct ac_clock { /* [any] the only clock of a plugin; in tests it does what the test wants */
    uint32_t struct_size, reserved;
    int64_t (*now_unix_ms)(void *ctx);
    int64_t (*monotonic_ms)(void *ctx);
} ac_clock;

typedef struct ac_cancel { /* [any] */
    uint32_t struct_size, reserved;
    int32_t (*is_cancelled)(void *ctx, uint64_t call_id); /* 1: nobody waits any more, or the deadline has passed */
    int64_t (*remaining_ms)(void *ctx, uint64_t call_id); /* never negative */
} ac_cancel;

/* During a call only; durable when put returns. Keys: 1 to 128 bytes, those outside A-Z a-z 0-9 - _ counting three. Values: to
 * 64 KiB. */
typedef struct ac_store {
    uint32_t struct_size, reserved;
    int32_t (*get)(void *ctx, ac_bytes key, const ac_writer *value);
    int32_t (*put)(void *ctx, ac_bytes key, ac_bytes value);
    int32_t (*del)(void *ctx, ac_bytes key); /* AC_OK also when it was not there */
} ac_store;

/* During a call only. One granted directory. `folder` is "" or the name of a directory right inside it, made when written to.
 * Names: 1 to 200 bytes of UTF-8, no slash, no control character, no leading dot. Links and special files are not seen. */
typedef struct ac_folder {
    uint32_t struct_size, reserved;
    int32_t (*list)(void *ctx, ac_bytes folder, const ac_writer *json); /* [{"name","size","modified_ms"}] by name, 10,000 */
    int32_t (*read)(void *ctx, ac_bytes folder, ac_bytes name, const ac_writer *content);
    int32_t (*write)(void *ctx, ac_bytes folder, ac_bytes name, ac_bytes content); /* replaces at once or not at all */
    int32_t (*move)(void *ctx, ac_bytes folder, ac_bytes name, ac_bytes to_folder, ac_bytes to_name); /* never replaces */
} ac_folder;

#ifdef __cplusplus
}
#endif
#endif
