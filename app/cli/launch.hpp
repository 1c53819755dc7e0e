#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "env/config.hpp"

namespace aftercare::cli {

/// What the command line said, and how the verb that ran ended. Options go over the environment, the environment over the file.
class Launch {
   public:
    Launch() : environment_(env::process_environment()) {}

    /// --config, --data and --database, which every verb on data has.
    void add_data_options(CLI::App& verb);
    /// A text option that stands for a field of env::Config; `field` as in the file. Returns it for checks.
    CLI::Option* add_setting(CLI::App& verb, const std::string& flag, const std::string& field, const std::string& meaning,
                             const std::string& otherwise);
    /// Runs `body` (-> Result<void>) when the verb is chosen; an Error is said on stderr and ends the program with 1, or 2 when it is the
    /// caller's own (bad configuration or arguments).
    template <class Body>
    void run(CLI::App& verb, Body body) {
        verb.callback([this, body] { finish(body()); });
    }

    [[nodiscard]] Result<env::Config> config() const;
    [[nodiscard]] int exit_code() const { return exit_code_; }
    void end_with(int code) { exit_code_ = code; }

   private:
    void finish(const Result<void>& result);

    env::Environment environment_;
    std::string config_file_;
    int exit_code_ = 0;
};

/// What the caller typed cannot be meant; in words, English.
inline tl::unexpected<Error> wrong(std::string words) { return fail(Error{ErrorKind::invalid, "invalid_fields", {}, {}, {}, std::move(words)}); }
/// The error as sentences for a person at a terminal, in English.
std::string plain_words(const Error& error);

}  // namespace aftercare::cli
