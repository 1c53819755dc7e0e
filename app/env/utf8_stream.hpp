#pragma once
#include <istream>
#include <memory>
#include <streambuf>
#include <string_view>

namespace aftercare::env {

/// What a text file is written in.
enum class Charset { utf8, gb18030, utf16le, utf16be };
std::string_view word(Charset charset);

/// A file's text as well-formed UTF-8, read through a std::istream on top of it: `Utf8Stream text(file); std::istream in(&text);`
/// The charset is that of the byte order mark (which CsvReader skips); without one it is learned from the first 64 KiB that hold
/// more than ASCII: UTF-8 when they read as such, else GB18030. Bytes that are no character become U+FFFD. Borrows `in`;
/// holds two chunks. Not thread safe.
class Utf8Stream final : public std::streambuf {
   public:
    explicit Utf8Stream(std::istream& in);
    ~Utf8Stream() override;
    /// As far as is known by now: a file that was ASCII so far counts as UTF-8.
    [[nodiscard]] Charset charset() const;
    /// Bytes of the file read so far, for progress.
    [[nodiscard]] std::int64_t position() const;

   protected:
    int_type underflow() override;

   private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace aftercare::env
