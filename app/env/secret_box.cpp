#include "env/secret_box.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "env/password.hpp"
#include "env/sodium.hpp"

namespace aftercare::env {
namespace {

tl::unexpected<Error> unusable(const std::filesystem::path& file, const std::string& why) {
    return fail(Error{ErrorKind::unavailable, "secret_key_unusable", {}, {}, {}, "the key file " + file.string() + " " + why});
}
std::string last_error() { return std::strerror(errno); }

struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};

// Complete under another name first: whoever comes second finds a whole key, not half of one.
Result<void> write_key(const std::filesystem::path& file, const SecretKey& key, Random& random) {
    const std::string made = file.string() + "." + make_secret(random).substr(0, 8);
    {
        const Descriptor out{::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
        if (out.fd < 0) return unusable(file, "cannot be made: " + last_error());
        const bool written = ::write(out.fd, key.data(), key.size()) == ssize_t(key.size()) && ::fsync(out.fd) == 0;
        if (!written) {
            const std::string why = last_error();
            ::unlink(made.c_str());
            return unusable(file, "cannot be written: " + why);
        }
    }
    const bool linked = ::link(made.c_str(), file.c_str()) == 0 || errno == EEXIST;
    const std::string why = last_error();
    ::unlink(made.c_str());
    if (!linked) return unusable(file, "cannot be made: " + why);
    return {};
}

}  // namespace

Result<SecretKey> load_secret_key(const std::filesystem::path& file, Random& random) {
    SecretKey key;
    if (std::error_code error; !std::filesystem::exists(file, error)) {
        random.fill(std::as_writable_bytes(std::span(key)));
        AC_CHECK(write_key(file, key, random));
    }
    const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (in.fd < 0) return unusable(file, "cannot be read: " + last_error());
    struct stat info {};
    if (::fstat(in.fd, &info) != 0) return unusable(file, "cannot be read: " + last_error());
    if ((info.st_mode & 077) != 0) return unusable(file, "can be read by others: run chmod 600 on it");
    if (info.st_size != off_t(key.size()) || ::read(in.fd, key.data(), key.size()) != ssize_t(key.size()))
        return unusable(file, "is damaged: it must hold 32 bytes");
    return key;
}

std::string seal(const SecretKey& key, std::string_view plain, Random& random) {
    need_sodium();
    std::vector<unsigned char> box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
    random.fill(std::as_writable_bytes(std::span(box).first(crypto_secretbox_NONCEBYTES)));
    crypto_secretbox_easy(box.data() + crypto_secretbox_NONCEBYTES, reinterpret_cast<const unsigned char*>(plain.data()),
                          plain.size(), box.data(), key.data());
    std::string text(sodium_base64_ENCODED_LEN(box.size(), kBase64), '\0');
    sodium_bin2base64(text.data(), text.size(), box.data(), box.size(), kBase64);
    text.pop_back();  // libsodium counts the closing NUL
    return text;
}

Result<std::string> open_sealed(const SecretKey& key, std::string_view sealed) {
    need_sodium();
    if (sealed.empty()) return fail(ErrorKind::unavailable, "secret_unreadable");
    std::vector<unsigned char> box(sealed.size());
    std::size_t size = 0;
    const bool decoded = sodium_base642bin(box.data(), box.size(), sealed.data(), sealed.size(), nullptr, &size, nullptr, kBase64) == 0;
    constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (!decoded || size < overhead) return fail(ErrorKind::unavailable, "secret_unreadable");
    std::string plain(size - overhead, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()), box.data() + crypto_secretbox_NONCEBYTES,
                                   size - crypto_secretbox_NONCEBYTES, box.data(), key.data()) != 0)
        return fail(ErrorKind::unavailable, "secret_unreadable");
    return plain;
}

std::string keyed_hash(const SecretKey& key, std::string_view value) {
    need_sodium();
    std::array<unsigned char, 32> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(value.data()), value.size(), key.data(), key.size());
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

}  // namespace aftercare::env
