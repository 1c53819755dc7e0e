#pragma once
#include <aftercare/codec/fields.hpp>
#include <condition_variable>
#include <deque>
#include <map>
#include <stop_token>
#include <vector>

#include "db/line.hpp"
#include "store/store.hpp"

/// Hints between the nodes of one PostgreSQL database (architecture.md, section 16, "Live updates"). A hint heard twice does
/// no harm; one that got lost is found by the sweep.
namespace aftercare::store {

template <class Io>
void fields(Io& io, Hint& h) {
    io("topic", h.topic);
    io("id", h.id, length(0, 128), doc("empty: many of a shop"));
    io("shop_id", h.shop_id, maybe);
    io("version", h.version);
}
/// What one node tells the others at once.
struct HintPost {
    std::string node;
    std::vector<Hint> hints;
};
template <class Io>
void fields(Io& io, HintPost& p) {
    io("node", p.node, length(1, 128));
    io("hints", p.hints);
}
/// As few texts as hold them all, none longer than `longest`; a hint that is longer alone is left out.
std::vector<std::string> join_hints(const std::string& node, const std::vector<Hint>& hints, std::size_t longest);
/// Nothing when it is none of ours.
std::optional<HintPost> read_post(std::string_view text);

/// Cases of all shops changed since then, the newest `limit`, as the hints of their last change.
std::vector<Hint> changed_cases(Tx&, Instant since, std::int64_t limit);

/// What a relay does with what it learns; called from its threads.
struct Ears {
    std::function<void(const Hint&)> hint;           ///< of another node
    std::function<void()> resync;                    ///< hints may have been missed
    std::function<void(std::string_view why)> broken;  ///< the line; it is opened again
};

/// Tells the other nodes this one's hints and hears theirs. Thread safe.
class Relay {
   public:
    static constexpr std::chrono::milliseconds kJoin{20};  ///< hints of so long go together
    static constexpr Duration kSweepEvery = seconds(5), kSweepBack = seconds(60);

    /// `node` is different in every process and start.
    Relay(std::string url, std::string node, Ears ears);

    /// After a commit of this node; returns at once.
    void send(const Hint& hint);
    /// Speaks and hears until stopped, last hints included. A broken line is opened again, and then everybody reads afresh.
    /// Give it a thread.
    void run(const std::stop_token& stop);
    /// Hands over what changed in the last minute and no hint told. Call it each `kSweepEvery`, from another thread.
    Result<void> sweep(Store& store, Instant now);

   private:
    void carry(const std::stop_token& stop);
    void speak();
    void hear(std::string_view text);
    bool has_hints();
    void note(const Hint& hint);

    const std::string node_;
    const Ears ears_;
    db::Line line_;
    std::deque<std::string> posts_;  // not said yet; the running thread's
    std::mutex mutex_;               // guards the two below
    std::vector<Hint> queue_;
    std::map<std::string, std::int64_t> known_;  // versions of cases that hints told lately
};

}  // namespace aftercare::store
