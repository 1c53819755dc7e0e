#include "store/relay.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>
#include <array>

#include "sql/cases.hpp"

namespace aftercare::store {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstPause{100}, kLongestPause{5'000}, kIdle{60'000};
constexpr std::size_t kMostQueued = 10'000;  // while the line is broken; of what is more, the others' sweeps find the cases
constexpr std::int64_t kMostSwept = 1'000;
constexpr std::array<std::string_view, 14> kTopics{"case", "order", "customer", "import", "connector", "outbox", "revisit", "plan", "calendar", "parcel", "roster", "handover", "errand", "review"};

void wait(const std::stop_token& stop, std::chrono::milliseconds length) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, length, [] { return false; });
}

}  // namespace

std::vector<std::string> join_hints(const std::string& node, const std::vector<Hint>& hints, std::size_t longest) {
    std::vector<std::string> posts;
    HintPost post{node, {}};
    const std::size_t least = encode(post).size();
    std::size_t size = least;
    const auto close = [&] {
        if (!post.hints.empty()) posts.push_back(encode(post));
        post.hints.clear();
        size = least;
    };
    for (const Hint& hint : hints) {
        const std::size_t more = encode(hint).size() + 1;
        if (least + more > longest) continue;
        if (size + more > longest) close();
        post.hints.push_back(hint);
        size += more;
    }
    close();
    return posts;
}

std::optional<HintPost> read_post(std::string_view text) {
    auto post = decode<HintPost>(text);
    if (!post) return std::nullopt;
    const auto known = [](const Hint& hint) { return std::find(kTopics.begin(), kTopics.end(), hint.topic) != kTopics.end(); };
    if (!std::all_of(post->hints.begin(), post->hints.end(), known)) return std::nullopt;
    return std::move(*post);
}

std::vector<Hint> changed_cases(Tx& tx, Instant since, std::int64_t limit) {
    std::vector<Hint> hints;
    tx.run(sql::cases::changed_since, {{"since", since.ms}, {"limit", limit}}, [&](const db::Row& row) {
        hints.push_back({"case", std::string(row.text(0)), ShopId(std::string(row.text(1))), row.integer(2)});
    });
    return hints;
}

Relay::Relay(std::string url, std::string node, Ears ears)
    : node_(std::move(node)), ears_(std::move(ears)), line_(std::move(url), "aftercare_live") {}

void Relay::send(const Hint& hint) {
    {
        const std::scoped_lock lock(mutex_);
        note(hint);
        if (queue_.size() < kMostQueued) queue_.push_back(hint);
        if (queue_.size() > 1) return;  // the thread knows
    }
    line_.rouse();
}

void Relay::note(const Hint& hint) {
    if (hint.topic != "case") return;
    std::int64_t& known = known_[hint.id];
    known = std::max(known, hint.version);
}

bool Relay::has_hints() {
    const std::scoped_lock lock(mutex_);
    return !queue_.empty();
}

void Relay::run(const std::stop_token& stop) {
    const std::stop_callback rouse(stop, [this] { line_.rouse(); });
    auto pause = kFirstPause;
    for (bool again = false; !stop.stop_requested(); again = true) {
        try {
            line_.open();
            if (again) ears_.resync();
            pause = kFirstPause;
            carry(stop);
        } catch (const db::DbError& error) {
            ears_.broken(error.what());
            if (error.kind != db::DbErrorKind::lost && !posts_.empty()) posts_.pop_front();  // it would not be taken again either
            wait(stop, pause);
            pause = std::min(pause * 2, kLongestPause);
        }
    }
}

void Relay::carry(const std::stop_token& stop) {
    std::optional<Clock::time_point> due;
    while (!stop.stop_requested()) {
        if (!due && has_hints()) due = Clock::now() + kJoin;
        if (!posts_.empty() || (due && *due <= Clock::now())) {
            speak();
            due.reset();
        }
        const auto left = due ? std::chrono::ceil<std::chrono::milliseconds>(*due - Clock::now()) : kIdle;
        line_.hear(left, [this](std::string_view text) { hear(text); });
    }
    speak();
}

void Relay::speak() {
    std::vector<Hint> hints;
    {
        const std::scoped_lock lock(mutex_);
        hints.swap(queue_);
    }
    for (std::string& post : join_hints(node_, hints, db::Line::kLongest)) posts_.push_back(std::move(post));
    for (; !posts_.empty(); posts_.pop_front()) line_.say(posts_.front());
}

void Relay::hear(std::string_view text) {
    const auto post = read_post(text);
    if (!post || post->node == node_) return;
    for (const Hint& hint : post->hints) {
        {
            const std::scoped_lock lock(mutex_);
            note(hint);
        }
        ears_.hint(hint);
    }
}

Result<void> Relay::sweep(Store& store, Instant now) {
    AC_TRY(const auto changed, store.read([&](Tx& tx) -> Result<std::vector<Hint>> {
        return changed_cases(tx, now - kSweepBack, kMostSwept);
    }));
    std::vector<Hint> missed;
    {
        const std::scoped_lock lock(mutex_);
        std::map<std::string, std::int64_t> known;
        for (const Hint& hint : changed) {
            const auto at = known_.find(hint.id);
            const bool told = at != known_.end() && at->second >= hint.version;
            if (!told) missed.push_back(hint);
            known[hint.id] = told ? at->second : hint.version;
        }
        known_.swap(known);
    }
    for (const Hint& hint : missed) ears_.hint(hint);
    return {};
}

}  // namespace aftercare::store
