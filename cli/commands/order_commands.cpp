// `assay order`: what a buyer does, and looking at orders.
#include <ostream>

#include "cli/client/ask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/order_terms.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/market/change_order.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

namespace {

using namespace market;

const Flag kItems = {"items", "N", "how many items", "", "", true};

Outcome<PostOrder> order_of(const Arguments& arguments, const RpcClient& rpc) {
    PostOrder out;
    const auto spec = spec_hash_of(arguments);
    if (!spec) return spec.error();
    const auto items = arguments.number("items");
    if (!items) return items.error();
    const auto price = price_of(arguments);
    if (!price) return price.error();
    const auto policy = enum_of<Policy>(arguments.text("policy"), "--policy");
    if (!policy) return policy.error();
    const auto kind = enum_of<ItemKind>(arguments.text("kind"), "--kind");
    if (!kind) return kind.error();
    const auto payload = arguments.number("max-payload-bytes", kMaxPayloadBytes);
    if (!payload) return payload.error();
    const auto cap = arguments.number("cap");
    if (!cap) return cap.error();
    const auto deadline = deadline_in(arguments, rpc);
    if (!deadline) return deadline.error();
    out.spec_hash = *spec;
    out.spec_uri = arguments.text("spec-uri");
    out.item_quota = *items;
    out.price_per_item = *price;
    out.policy = *policy;
    out.item_kind = *kind;
    out.max_payload_bytes = static_cast<std::uint32_t>(*payload);
    out.contributor_cap = *cap;
    out.deadline_s = *deadline;
    return out;
}

Outcome<void> run_post(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto order = order_of(session.arguments, sender->rpc());
    if (!order) return order.error();
    const auto sent = send_typed(session, *sender, "market", *order);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    const auto posted = event_in(*sent, "OrderPosted");
    if (const AbiValue* id = value_named(posted, "order"))
        session.output.note("Contributors deliver with \"assay submit commit PATH --order " +
                            id->text + "\"; follow it with \"assay order show " + id->text + "\".");
    return {};
}

Outcome<void> run_fund(const Session& session) {
    const auto id = session.arguments.number("ORDER");
    if (!id) return id.error();
    const auto items = session.arguments.number("items");
    if (!items) return items.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent =
        send_typed(session, *sender, "market", FundOrder{.order = *id, .items = *items});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_cancel(const Session& session) {
    const auto id = session.arguments.number("ORDER");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "market", CancelOrder{.order = *id});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_quote(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto items = session.arguments.number("items");
    if (!items) return items.error();
    const auto price = price_of(session.arguments);
    if (!price) return price.error();
    const auto value =
        ask(*rpc, ModuleId::market, QuotePostOrder{.item_quota = *items, .price_per_item = *price});
    if (!value) return value.error();
    const auto terms = ask(*rpc, ModuleId::market, GetMarketParams{});
    if (!terms) return terms.error();
    const auto payout = checked_mul(Amount(*items), *price);
    if (!payout) return usage("--items times --price is more than there can be");
    Fields fields;
    const auto money = [&](const char* name, Amount amount) {
        fields.add(name, show_money(amount), to_string(amount));
    };
    money("locks", *value);
    money("largest payout", *payout);
    money("fee on it", ppm_ceil(*payout, terms->fee_ppm));
    money("buyer bond", ppm_ceil(*payout, terms->buyer_bond_ppm));
    fields.print(session.output);
    session.output.note(
        "What is not earned by accepted work comes back when the order settles, "
        "and so does the bond.");
    return {};
}

void print_order(Output& output, const Order& order, std::uint64_t now_s) {
    Fields fields;
    fields.add("order", std::to_string(order.id));
    fields.add("state", words_of(order.state));
    fields.add("buyer", checksummed(order.buyer));
    fields.add("items", std::to_string(order.item_quota) + " of kind " + words_of(order.item_kind) +
                            ", " + std::to_string(order.items_reserved) + " reserved, " +
                            std::to_string(order.items_accepted) + " accepted");
    fields.add("price per item", show_money(order.price_per_item));
    fields.add("deadline", when(order.deadline_s, now_s));
    fields.add("submissions", std::to_string(order.submissions) + ", " +
                                  std::to_string(order.live) + " of them not yet decided");
    fields.add("per contributor", order.contributor_cap == 0
                                      ? "no limit"
                                      : std::to_string(order.contributor_cap) + " items");
    fields.add("payload at most", std::to_string(order.max_payload_bytes) + " bytes");
    fields.add("policy", words_of(order.policy));
    fields.add("escrow", show_money(order.escrow));
    fields.add("buyer bond", show_money(order.buyer_bond));
    if (order.unbonded_items != 0)
        fields.add("without a bond",
                   std::to_string(order.unbonded_items - order.unbonded_items_held) + " of " +
                       std::to_string(order.unbonded_items) + " items free, " +
                       std::to_string(order.unbonded_cap) + " each contributor");
    if (!order.sponsor_budget.is_zero())
        fields.add("sponsor budget", show_money(order.sponsor_budget) + ", " +
                                         show_money(order.sponsor_cap) + " each contributor");
    fields.add("reveal within", show_duration(order.terms.reveal_window_s));
    fields.add("challenge window", show_duration(order.terms.challenge_window_s));
    fields.add("spec hash", to_hex0x(order.spec_hash));
    fields.add("spec uri", order.spec_uri.empty() ? "-" : order.spec_uri);
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("ORDER");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto order = ask(*rpc, ModuleId::market, GetOrder{.order = *id});
    if (!order) return order.error();
    return show_record(session, *rpc, *order, print_order);
}

Outcome<void> run_list(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    auto orders = ask_all<Order>(
        [&](std::uint64_t after) {
            return ask(*rpc, ModuleId::market, ListOrders{.after = after, .limit = kMaxPage});
        },
        kMaxPage);
    if (!orders) return orders.error();
    if (session.arguments.has("open"))
        std::erase_if(*orders, [](const Order& order) { return order.state != OrderState::open; });
    if (session.output.json()) {
        print_record(session.output, *orders);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"order", "state", "kind", "accepted", "reserved", "items", "price per item",
                 "buyer", "deadline"});
    for (const auto& order : *orders)
        table.add({std::to_string(order.id), words_of(order.state), words_of(order.item_kind),
                   std::to_string(order.items_accepted), std::to_string(order.items_reserved),
                   std::to_string(order.item_quota), show_money(order.price_per_item),
                   short_address(order.buyer), when(order.deadline_s, *now)});
    table.print(session.output, "no orders");
    return {};
}

Command sponsor_command() {
    return friendly_command(
        {.path = "order sponsor",
         .module = "market",
         .message = "sponsorOrder",
         .summary = "Let people without money contribute, and pay their fees",
         .examples = {"assay order sponsor --order 7 --unbonded-items 200 --unbonded-cap 10 "
                      "--sponsor-cap 0.01assay --value 1assay"},
         .notes = "Adds places that need no bond, at most --unbonded-cap items of one contributor, "
                  "and --value to the budget from which relayers are repaid, at most --sponsor-cap "
                  "for one contributor. Caps replace those before. What is left comes back when "
                  "the order is over. Work without a bond costs its author nothing when it is bad: "
                  "keep these places few and look at them.",
         .defaults = {}});
}

std::vector<Flag> post_flags() {
    std::vector<Flag> out =
        joined(order_term_flags(),
               {
                   kItems,
                   {"kind", "KIND",
                    "original, or annotation (labels, ratings, corrections of tasks)", "original"},
                   {"cap", "N", "most items of one contributor, 0 for no limit", "0"},
                   {"max-payload-bytes", "N", "of one item", std::to_string(kMaxPayloadBytes)},
                   {"policy", "NAME", "how work is judged", "optimistic"},
               });
    return joined(std::move(out), sending_flags());
}

}  // namespace

std::vector<Command> order_commands() {
    const Positional order = {"ORDER", "its number"};
    return {
        {.path = "order post",
         .summary = "Ask for data and lock what it may cost",
         .flags = post_flags(),
         .examples = {"assay order post --spec guidelines.md --items 1000 --price 0.05assay "
                      "--kind annotation --deadline +2d",
                      "assay order post --spec spec.md --items 10 --price 2assay --yes --json"},
         .notes = "Shows what will be locked (\"assay order quote\" tells it beforehand) and asks. "
                  "Accepted work is paid from it; the rest comes back when the order settles.",
         .run = run_post},
        {.path = "order quote",
         .summary = "What posting an order would lock",
         .flags = {rpc_flag(), kItems, price_flag()},
         .examples = {"assay order quote --items 1000 --price 0.05assay"},
         .run = run_quote},
        {.path = "order fund",
         .summary = "Ask for more items at the order's price",
         .positionals = {order},
         .flags = joined({kItems}, sending_flags()),
         .examples = {"assay order fund 7 --items 500"},
         .run = run_fund},
        sponsor_command(),
        {.path = "order cancel",
         .summary = "Take back an order that nobody is working on, less the cancel fee",
         .positionals = {order},
         .flags = sending_flags(),
         .examples = {"assay order cancel 7"},
         .run = run_cancel},
        {.path = "order show",
         .summary = "One order: terms, progress, money",
         .positionals = {order},
         .flags = {rpc_flag()},
         .examples = {"assay order show 7", "assay order show 7 --json"},
         .run = run_show},
        {.path = "order list",
         .summary = "All orders",
         .flags = {rpc_flag(), {"open", "", "only those that take work"}},
         .examples = {"assay order list --open", "assay order list --json"},
         .run = run_list},
    };
}

}  // namespace assay::cli
