#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/house.hpp"
#include "cli/verbs.hpp"
#include "usecase/calendar.hpp"

namespace aftercare::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t kMaxBytes = 1'000'000;

struct CalendarOptions {
    std::string from, region = "CN";
};

bool is_year_file(const fs::path& file) {
    const std::string stem = file.stem().string();
    return file.extension() == ".json" && stem.size() == 4 && std::all_of(stem.begin(), stem.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// The file itself, or the YYYY.json files of a folder by name.
Result<std::vector<fs::path>> files_of(const std::string& from) {
    std::error_code failed;
    if (!fs::is_directory(from, failed)) return std::vector<fs::path>{from};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(from, failed))
        if (is_year_file(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty()) return wrong(from + " holds no file like 2027.json");
    return files;
}

Result<std::string> read(const fs::path& file) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (failed) return wrong("cannot open " + file.string() + ": " + failed.message());
    if (size > kMaxBytes) return wrong(file.string() + " is too large for a file of days off");
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return wrong("cannot read " + file.string() + ": " + std::strerror(errno));
    return text;
}

Result<void> take(House& house, const fs::path& file, const std::string& region) {
    AC_TRY(std::string text, read(file));
    auto taken = usecase::import_calendar(house.context, domain::system_actor(), house.operators_guard(), {region, {std::move(text)}});
    if (!taken) {
        Error error = std::move(taken.error());
        if (error.kind == ErrorKind::invalid) error.detail = file.string() + ": " + plain_words(error);
        return fail(std::move(error));
    }
    for (const auto& year : taken->years) {
        std::cout << region << ' ' << year.year << ": ";
        if (year.days == 0) std::cout << "no days named yet, nothing changed\n";
        else std::cout << year.days << " days" << (year.changed ? "" : ", as before") << '\n';
    }
    return {};
}

Result<void> import(const Launch& launch, const CalendarOptions& options) {
    AC_TRY(const auto files, files_of(options.from));
    AC_TRY(const env::Config config, launch.config());
    AC_TRY(const auto house, House::open(config));
    for (const auto& file : files) {
        AC_CHECK(take(*house, file, options.region));
    }
    return {};
}

}  // namespace

void add_calendar(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("calendar", "Public days off and make-up working days");
    verb->require_subcommand(1);
    const auto options = std::make_shared<CalendarOptions>();
    CLI::App* one = verb->add_subcommand("import", "Load the days off of one or more years; a newer file of a year replaces it");
    launch.add_data_options(*one);
    one->add_option("FROM", options->from, "a JSON file as NateScarlet/holiday-cn writes them, or a folder with files like 2027.json")->required();
    one->add_option("--region", options->region, "whose days they are; shops in China keep CN")->capture_default_str();
    launch.run(*one, [&launch, options] { return import(launch, *options); });
}

}  // namespace aftercare::cli
