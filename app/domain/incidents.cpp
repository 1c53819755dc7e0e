#include "domain/incidents.hpp"

namespace aftercare::domain {

std::string_view unreachable(const Recipient& r) {
    if (gathers(r.kind)) return "gathers_itself";
    if (r.closed) return "case_already_closed";
    if (r.contact_refused) return "contact_refused";
    if (r.channel == Channel::chat || r.channel == Channel::marketplace) return "";  // the answer goes where the question came from
    if (!r.customer) return "no_customer";
    return r.contact ? "" : "no_way_to_reach";
}

}  // namespace aftercare::domain
