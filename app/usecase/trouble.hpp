#pragma once
#include "usecase/connectors.hpp"

/// What a connector did not take, and what it delivered that nobody could use.
namespace aftercare::usecase {

/// A message that is not tried again by itself.
struct DeadMessageView {
    static constexpr std::string_view kSchema = "DeadMessage";
    MessageId id;
    std::string topic;
    CaseId case_id;
    std::string case_number, code;  ///< code: why it was given up
    std::int64_t attempts = 0;
    Instant at;
    bool can_send_again = true;
};
template <class Io>
void fields(Io& io, DeadMessageView& m) {
    io("id", m.id);
    io("topic", m.topic);
    io("case_id", m.case_id);
    io("case_number", m.case_number);
    io("code", m.code);
    io("attempts", m.attempts);
    io("at", m.at);
    io("can_send_again", m.can_send_again);
}
/// A delivered item that waits until it can be used.
struct ProblemView {
    static constexpr std::string_view kSchema = "ConnectorProblem";
    std::string stream, external_id, code;
    CaseId case_id;
    std::string case_number;
    Instant at;
};
template <class Io>
void fields(Io& io, ProblemView& p) {
    io("stream", p.stream);
    io("external_id", p.external_id);
    io("code", p.code);
    io("case_id", p.case_id, maybe);
    io("case_number", p.case_number, maybe);
    io("at", p.at);
}
struct ConnectorTrouble {
    static constexpr std::string_view kSchema = "ConnectorTrouble";
    std::vector<DeadMessageView> dead;  // both newest first, at most 200
    std::vector<ProblemView> problems;
    std::vector<PluginLine> log;
};
template <class Io>
void fields(Io& io, ConnectorTrouble& t) {
    io("dead", t.dead);
    io("problems", t.problems);
    io("log", t.log, doc("what its process said last, oldest first; for whoever manages all connectors of its plugin"));
}
Result<ConnectorTrouble> connector_trouble(Context&, const Actor&, const OneConnector&);

struct OneMessage {
    MessageId message_id;
};
template <class Io>
void fields(Io& io, OneMessage& in) {
    io("message_id", in.message_id);
}
/// A dead message is due at once, with all its attempts. For leads and whoever manages connectors. `refused` "message_not_dead",
/// or "refund_has_own_retry" for a refund that was answered: its case submits a new attempt.
Result<Done> resend_message(Context&, const Actor&, const Guard&, const OneMessage&);

}  // namespace aftercare::usecase
