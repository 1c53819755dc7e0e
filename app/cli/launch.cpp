#include "cli/launch.hpp"

#include <cctype>
#include <iostream>

#include "api/texts.hpp"

namespace aftercare::cli {

void Launch::add_data_options(CLI::App& verb) {
    verb.add_option("--config", config_file_, "a TOML file with any of the settings below by their long names")
        ->envname("AFTERCARE_CONFIG")
        ->type_name("FILE");
    add_setting(verb, "--data", "data_dir", "the folder that the program writes to; made when missing", "aftercare-data")
        ->type_name("DIR");
    add_setting(verb, "--database", "database", "a SQLite file or postgresql://user@host/name", "aftercare.db in --data")
        ->type_name("URL");
}

CLI::Option* Launch::add_setting(CLI::App& verb, const std::string& flag, const std::string& field, const std::string& meaning,
                                 const std::string& otherwise) {
    std::string variable = "AFTERCARE_";
    for (const char c : field) variable += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return verb.add_option_function<std::string>(
                   flag, [this, variable](const std::string& value) { environment_[variable] = value; }, meaning)
        ->envname(variable)
        ->default_str(otherwise);
}

Result<env::Config> Launch::config() const {
    return env::load_config(config_file_.empty() ? std::nullopt : std::optional<std::filesystem::path>(config_file_), environment_);
}

void Launch::finish(const Result<void>& result) {
    if (result) return;
    std::cerr << "aftercare: " << plain_words(result.error()) << '\n';
    exit_code_ = result.error().kind == ErrorKind::invalid ? 2 : 1;
}

std::string plain_words(const Error& error) {
    if (!error.detail.empty()) return error.detail;
    std::string text = api::sentence(api::Language::en, "problem." + error.code, error.params);
    if (text.empty()) text = error.code;
    for (const FieldError& field : error.fields) text += "\n  " + field.pointer.substr(1) + ": " + field.code;
    return text;
}

}  // namespace aftercare::cli
