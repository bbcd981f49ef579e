// Command lines by Boost.Program_options, without guessing of shortened names.
#include "bench/flags.hpp"

#include <boost/program_options.hpp>
#include <charconv>
#include <iostream>
#include <sstream>

namespace assay::bench {

namespace po = boost::program_options;

struct Flags::Known {
    po::options_description options;
};

namespace {

template <class T>
void add_value(po::options_description& options, const char* name, T& variable, const char* help) {
    options.add_options()(name, po::value(&variable)->default_value(variable), help);
}

}  // namespace

Flags::Flags(const std::string& title)
    : known_(std::make_unique<Known>(po::options_description(title))) {
    known_->options.add_options()("help", "this text");
}

Flags::~Flags() = default;

Flags& Flags::add(const char* name, std::uint64_t& variable, const char* help) {
    add_value(known_->options, name, variable, help);
    return *this;
}
Flags& Flags::add(const char* name, unsigned& variable, const char* help) {
    add_value(known_->options, name, variable, help);
    return *this;
}
Flags& Flags::add(const char* name, std::string& variable, const char* help) {
    add_value(known_->options, name, variable, help);
    return *this;
}
Flags& Flags::add(const char* name, bool& variable, const char* help) {
    known_->options.add_options()(name, po::bool_switch(&variable), help);
    return *this;
}

int Flags::refuse(const std::string& why) const {
    std::cerr << why << "\n\n" << known_->options;
    return 2;
}

std::optional<int> Flags::read(int argc, char** argv) {
    constexpr int kExact =
        po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    try {
        po::variables_map values;
        po::store(po::command_line_parser(argc, argv)
                      .options(known_->options)
                      .positional({})
                      .style(kExact)
                      .run(),
                  values);
        po::notify(values);
        if (!values.contains("help")) return std::nullopt;
    } catch (const po::error& error) {
        return refuse(error.what());
    }
    std::cout << known_->options;
    return 0;
}

std::optional<std::vector<std::uint64_t>> numbers_of(const std::string& text) {
    std::vector<std::uint64_t> out;
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');) {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), number);
        if (error != std::errc() || end != one.data() + one.size()) return std::nullopt;
        out.push_back(number);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

}  // namespace assay::bench
