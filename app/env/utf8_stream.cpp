#include "env/utf8_stream.hpp"

#include <iconv.h>

#include <aftercare/connector/utf8.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

namespace aftercare::env {
namespace {

constexpr std::size_t kChunk = 64 * 1'024;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Whether a piece of a file reads as UTF-8: stray bytes are allowed when they are few beside real characters.
bool looks_utf8(std::string_view piece) {
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < piece.size();) {
        const auto n = utf8_step(piece, at);
        if (n == 0 && piece.size() - at < 4) break;  // perhaps cut by the end of the piece
        if (n == 0) ++bad;
        if (n > 1) ++good;
        at += std::max<std::size_t>(n, 1);
    }
    return bad * 20 <= good;
}

bool is_ascii(std::string_view piece) {
    return std::all_of(piece.begin(), piece.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const char* iconv_name(Charset charset) {
    switch (charset) {
        case Charset::gb18030: return "GB18030";
        case Charset::utf16le: return "UTF-16LE";
        case Charset::utf16be: return "UTF-16BE";
        case Charset::utf8: break;
    }
    return "UTF-8";
}

}  // namespace

std::string_view word(Charset charset) {
    switch (charset) {
        case Charset::gb18030: return "gb18030";
        case Charset::utf16le: return "utf16le";
        case Charset::utf16be: return "utf16be";
        case Charset::utf8: break;
    }
    return "utf8";
}

struct Utf8Stream::State {
    std::istream& in;
    Charset charset = Charset::utf8;
    bool decided = false, begun = false;
    iconv_t converter = reinterpret_cast<iconv_t>(-1);
    std::string raw, text;  // read and not yet converted; converted and not yet given out
    std::int64_t position = 0;

    explicit State(std::istream& file) : in(file) {}
    ~State() {
        if (converter != reinterpret_cast<iconv_t>(-1)) ::iconv_close(converter);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    bool fill() {
        const std::size_t had = raw.size();
        raw.resize(had + kChunk);
        in.read(raw.data() + had, kChunk);
        const auto got = static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0));
        raw.resize(had + got);
        position += static_cast<std::int64_t>(got);
        return got > 0;
    }

    void decide() {
        if (!begun) {
            begun = true;
            const std::string_view head(raw);
            if (head.starts_with("\xFF\xFE")) charset = Charset::utf16le, decided = true;
            else if (head.starts_with("\xFE\xFF")) charset = Charset::utf16be, decided = true;
            else if (head.starts_with("\xEF\xBB\xBF")) decided = true;
        }
        if (!decided && !is_ascii(raw)) {
            decided = true;
            charset = looks_utf8(raw) ? Charset::utf8 : Charset::gb18030;
        }
        if (converter == reinterpret_cast<iconv_t>(-1) && charset != Charset::utf8) converter = ::iconv_open("UTF-8", iconv_name(charset));
        if (converter == reinterpret_cast<iconv_t>(-1)) charset = Charset::utf8;  // a system without the table: its bytes read as bad characters
    }

    void copy_utf8(bool at_end) {
        std::size_t at = 0;
        while (at < raw.size()) {
            const auto n = utf8_step(raw, at);
            if (n == 0 && raw.size() - at < 4 && !at_end) break;  // the rest of the character comes with the next chunk
            if (n == 0) text += kReplacement;
            else text.append(raw, at, n);
            at += std::max<std::size_t>(n, 1);
        }
        raw.erase(0, at);
    }

    void convert(bool at_end) {
        char* from = raw.data();
        std::size_t left = raw.size();
        std::array<char, kChunk> out;
        while (left > 0) {
            char* to = out.data();
            std::size_t room = out.size();
            const auto done = ::iconv(converter, &from, &left, &to, &room);
            const int why = done == static_cast<std::size_t>(-1) ? errno : 0;
            text.append(out.data(), out.size() - room);
            if (why == EINVAL && !at_end) break;  // cut by the end of the chunk
            if (why == EILSEQ || why == EINVAL) {
                text += kReplacement;
                ++from, --left;
            }
        }
        raw.erase(0, raw.size() - left);
    }
};

Utf8Stream::Utf8Stream(std::istream& in) : state_(std::make_unique<State>(in)) {}
Utf8Stream::~Utf8Stream() = default;
Charset Utf8Stream::charset() const { return state_->charset; }
std::int64_t Utf8Stream::position() const { return state_->position; }

Utf8Stream::int_type Utf8Stream::underflow() {
    State& s = *state_;
    s.text.clear();
    for (bool more = true; s.text.empty() && (more || !s.raw.empty());) {
        more = s.fill();
        s.decide();
        if (s.charset == Charset::utf8) s.copy_utf8(!more);
        else s.convert(!more);
    }
    if (s.text.empty()) return traits_type::eof();
    setg(s.text.data(), s.text.data(), s.text.data() + s.text.size());
    return traits_type::to_int_type(*gptr());
}

}  // namespace aftercare::env
