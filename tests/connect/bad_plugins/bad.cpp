#include <aftercare/plugin.h>
#include <dirent.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

// Behind the bare C door: everything a plugin must not do, one operation each.
extern "C" const char aftercare_manifest_text[];
extern "C" const unsigned aftercare_manifest_size;

namespace {

ac_bytes manifest() { return {aftercare_manifest_text, aftercare_manifest_size}; }

int32_t open_one(const ac_host*, ac_bytes, void** self, const ac_writer*) {
    static int anything;
    *self = &anything;
    return AC_OK;
}
bool closes_badly = false;
void close_one(void*) {
    if (closes_badly) *reinterpret_cast<volatile int*>(static_cast<uintptr_t>(8)) = 1;
}

int32_t say(const ac_writer* reply, std::string_view text, int32_t status = AC_OK) {
    return reply->put(reply->ctx, {text.data(), text.size()}) == 0 ? status : AC_NO_REPLY;
}

void send_frame(unsigned char type, std::string_view body) {
    std::string frame(8, '\0');
    const auto length = static_cast<uint32_t>(body.size());
    std::memcpy(frame.data(), &length, 4);
    frame[4] = static_cast<char>(type);
    frame += body;
    [[maybe_unused]] const auto sent = send(3, frame.data(), frame.size(), 0);
}

std::string open_descriptors() {
    std::string list = "[";
    DIR* dir = opendir("/proc/self/fd");
    while (const dirent* each = dir ? readdir(dir) : nullptr)
        if (each->d_name[0] != '.' && std::atoi(each->d_name) != dirfd(dir)) list += (list.size() > 1 ? "," : "") + std::string(each->d_name);
    if (dir) closedir(dir);
    return list + "]";
}

int32_t call(void*, const ac_call* c, const ac_writer* reply) {
    const std::string_view op(c->op.data, c->op.size);
    if (op == "test.segfault/1") *reinterpret_cast<volatile int*>(static_cast<uintptr_t>(8)) = 1;
    if (op == "test.abort/1") std::abort();
    if (op == "test.exit/1") std::exit(0);
    if (op == "test.throw/1") throw 1;
    if (op == "test.hang/1")
        for (;;) pause();
    if (op == "test.spin/1")
        for (;;) asm volatile("");
    if (op == "test.late/1") {
        usleep(450'000);
        return say(reply, "{}");
    }
    if (op == "test.twice/1") {
        send_frame(7, "{\"id\":" + std::to_string(c->call_id) + ",\"status\":0}\n{}");
        return say(reply, "{}");
    }
    if (op == "test.close_badly/1") return closes_badly = true, say(reply, "{}");
    if (op == "test.print/1") {
        std::puts("printed to stdout");
        std::fputs("printed to stderr\n", stderr);
        std::fflush(nullptr);
        return say(reply, "{}");
    }
    if (op == "test.not_utf8/1") return say(reply, "{\"text\":\"\xff\"}");
    if (op == "test.not_json/1") return say(reply, "{\"text\":");
    if (op == "test.deep/1") return say(reply, std::string(70, '[') + std::string(70, ']'));
    if (op == "test.oversize/1") {
        const std::string megabyte(1 << 20, ' ');
        for (int i = 0; i < 20; ++i) say(reply, megabyte);
        return AC_OK;
    }
    if (op == "test.status/1") return 99;
    if (op == "test.silent/1") return AC_NO_REPLY;
    if (op == "test.claims/1") return say(reply, R"({"class":"crashed","code":"x"})", AC_ERROR);
    if (op == "test.garbage/1") {
        [[maybe_unused]] const auto sent = send(3, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, 0);
        pause();
    }
    if (op == "test.foreign_id/1") {
        send_frame(7, "{\"id\":999999,\"status\":0}\n{}");
        pause();
    }
    if (op == "test.flood/1") {
        for (int i = 0; i < 3'000; ++i) std::puts("line");
        std::fflush(nullptr);
        return say(reply, "{}");
    }
    if (op == "test.fds/1") return say(reply, open_descriptors());
    if (op == "test.echo/1") return say(reply, {c->request.data, c->request.size});
    return AC_BAD_OP;
}

}  // namespace

extern "C" const ac_plugin aftercare_plugin = {sizeof(ac_plugin), AC_ABI_MAJOR, AC_ABI_MINOR, manifest, open_one, call, close_one,
                                               nullptr};
