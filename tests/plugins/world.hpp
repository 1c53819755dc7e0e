#pragma once
#include <aftercare/codec/json.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>
#include <catch2/catch.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "connect/world.hpp"

namespace aftercare::test {

namespace fs = std::filesystem;

inline std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A warehouse connector "W" over the folder `drop`, and a payment connector "P", in the real host processes.
struct PluginWorld : ConnectWorld {
    TempFolder drop;

    PluginWorld() : ConnectWorld("plugins") {
        using namespace std::chrono;
        clock.set({duration_cast<milliseconds>(fs::file_time_type::clock::to_sys(fs::file_time_type::clock::now()).time_since_epoch()).count()});
        const std::string courier = nlohmann::json{{"return_name", "Returns"}, {"return_address", "1 Dock Road"}, {"carrier", "SF"}, {"folder", drop.path().string()}}.dump();
        supervisor.configure({instance("W", "warehouse_files", encode_settings(drop.path().string())), instance("P", "payment_manual", "{}"),
                              instance("M", "marketplace_csv", encode_settings(drop.path().string())), instance("C", "courier_manual", courier)});
    }
    static std::string encode_settings(const std::string& folder) { return nlohmann::json{{"folder", folder}}.dump(); }

    template <class Request>
    connect::Outcome ask(const std::string& id, std::string_view op, const Request& request, bool writes = true) {
        return call(id, op, encode(request), writes);
    }
    template <class Reply>
    Reply answer(const connect::Outcome& outcome) {
        INFO(word(outcome.error_class) << " " << outcome.code << " " << outcome.message);
        REQUIRE(outcome.ok);
        auto reply = decode<Reply>(outcome.reply_json);
        REQUIRE(reply);
        return *reply;
    }
    ReceiptPage receipts(const std::string& cursor = {}, std::int64_t limit = 200) {
        return answer<ReceiptPage>(ask("W", kWarehousePullOp, PullRequest{WarehouseStream::receipts, cursor, limit}, false));
    }
    InspectionPage inspections(const std::string& cursor = {}) {
        return answer<InspectionPage>(ask("W", kWarehousePullOp, PullRequest{WarehouseStream::inspections, cursor, 200}, false));
    }
    /// As a warehouse would: the folder is made when it is not there. An old file, so surely complete.
    void put(const std::string& folder, const std::string& name, const std::string& content, bool old = true) {
        fs::create_directories(drop.path() / folder);
        drop.write(folder + "/" + name, content);
        if (old) fs::last_write_time(drop.path() / folder / name, fs::file_time_type::clock::now() - std::chrono::hours(1));
    }
    /// How many names begin so.
    std::int64_t count(const std::string& folder, const std::string& start) const {
        const auto begins = [&](const auto& each) { return each.path().filename().string().starts_with(start); };
        return std::count_if(fs::directory_iterator(drop.path() / folder), fs::directory_iterator(), begins);
    }
    bool exists(const std::string& name) const { return fs::exists(drop.path() / name); }
    std::string read(const std::string& name) const { return read_file(drop.path() / name); }
};

}  // namespace aftercare::test
