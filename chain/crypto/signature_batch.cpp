// With R the point whose x is r and whose parity the recovery id gives, a signature belongs to the
// key Q exactly where s R = z G + r Q (SEC 1, 4.1.6). A random combination of such equations holds
// only where each does (Bellare, Garay, Rabin 1998; Antipa et al. 2005):
//
//     sum of a_i R_i  =  (sum of a_i z_i / s_i) G  +  sum over keys of (sum of a_i r_i / s_i) Q
//
// The curve's order is prime, so there is no small subgroup to hide in. Each a_i has 128 bits, and
// keys that signed often appear once. The sums of multiples are Pippenger's, by windows of signed
// digits, over the additions that libsecp256k1 offers.
#include "chain/crypto/signature_batch.hpp"

#include <algorithm>
#include <cryptopp/integer.h>
#include <optional>
#include <secp256k1.h>

#include "chain/base/check.hpp"
#include "chain/crypto/curve_context.hpp"
#include "chain/crypto/hash.hpp"

namespace assay::crypto {

namespace {

using Scalar = FixedBytes<32>;                  // big-endian, below the order
using Point = std::optional<secp256k1_pubkey>;  // nullopt: the point at infinity

constexpr int kScalarBits = 256;
constexpr int kCoefficientBits = 128;

// Arithmetic modulo the order. `ok` falls to false where a value is zero or not below the order,
// which the library refuses; no honest signature meets it but by a chance of 2^-128.
struct Arithmetic {
    bool ok = true;

    Scalar product(Scalar a, const Scalar& b) {
        ok = secp256k1_ec_seckey_tweak_mul(curve_context(), a.data(), b.data()) == 1 && ok;
        return a;
    }
    void add(std::optional<Scalar>& sum, const Scalar& term) {
        if (!sum)
            sum = term;
        else
            ok =
                secp256k1_ec_seckey_tweak_add(curve_context(), sum->data(), term.data()) == 1 && ok;
    }
};

Scalar inverse(const Scalar& value) {
    const CryptoPP::Integer order(kGroupOrder.data(), kGroupOrder.size());
    Scalar out;
    CryptoPP::Integer(value.data(), value.size())
        .InverseMod(order)
        .Encode(out.bytes.data(), out.size());
    return out;
}

// 1/s of every claim for one inversion (Montgomery's trick).
std::vector<Scalar> inverses(Arithmetic& mod, std::span<const SignerClaim> claims) {
    std::vector<Scalar> out(claims.size());
    Scalar product = claims[0].signature.s;
    for (std::size_t i = 1; i < claims.size(); ++i) {
        out[i] = product;
        product = mod.product(product, claims[i].signature.s);
    }
    if (!mod.ok) return out;
    Scalar rest = inverse(product);
    for (std::size_t i = claims.size() - 1; i > 0; --i) {
        out[i] = mod.product(out[i], rest);
        rest = mod.product(rest, claims[i].signature.s);
    }
    out[0] = rest;
    return out;
}

std::vector<Scalar> coefficients(std::span<const PublicKey> keys,
                                 std::span<const SignerClaim> claims) {
    Sha256 hasher;
    for (const SignerClaim& claim : claims) {
        hasher.update(claim.digest);
        hasher.update(claim.signature.r);
        hasher.update(claim.signature.s);
        hasher.update(ByteView(&claim.signature.recovery_id, 1));
        hasher.update(keys[claim.key].uncompressed());
    }
    const Hash256 seed = hasher.finish();
    std::vector<Scalar> out(claims.size());
    Hash256 pair;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (i % 2 == 0) {
            std::array<std::uint8_t, 8> number;
            for (std::size_t k = 0; k < 8; ++k)
                number[k] = static_cast<std::uint8_t>(i >> (56 - 8 * k));
            hasher.update(seed);
            hasher.update(number);
            pair = hasher.finish();
        }
        std::copy_n(pair.begin() + (i % 2 == 0 ? 0 : 16), 16, out[i].bytes.begin() + 16);
    }
    return out;
}

// Sums of multiples of points -----------------------------------------------------------------

Point sum(const std::vector<const secp256k1_pubkey*>& points) {
    Point out;
    if (points.empty()) return out;
    out.emplace();
    if (secp256k1_ec_pubkey_combine(curve_context(), &*out, points.data(), points.size()) != 1)
        out.reset();
    return out;
}

// The window that costs least: additions of points and of buckets, half of whose bits are set, and
// an inversion a bucket, which takes as long as ten additions.
int best_window(std::size_t points) {
    int best = 2;
    std::size_t least = SIZE_MAX;
    for (int width = 2; width <= 14; ++width) {
        const auto bits = static_cast<std::size_t>(width);
        const std::size_t buckets = std::size_t{1} << (bits - 1);
        const std::size_t halves = 2 * points + buckets * (20 + bits) + 20 * bits;
        const std::size_t cost = 64 * halves / bits;  // in parts, since widths divide unevenly
        if (cost < least) {
            best = width;
            least = cost;
        }
    }
    return best;
}

class Multiples {
  public:
    Multiples(std::vector<secp256k1_pubkey> points, std::span<const Scalar> scalars, int bits)
        : points_(std::move(points)), width_(best_window(points_.size())) {
        const std::size_t windows = static_cast<std::size_t>(bits / width_ + 1);
        negated_ = points_;
        for (auto& point : negated_)
            CHECK(secp256k1_ec_pubkey_negate(curve_context(), &point) == 1);
        digits_.resize(windows * points_.size());
        for (std::size_t i = 0; i < points_.size(); ++i) {
            int carry = 0;
            for (std::size_t window = 0; window < windows; ++window) {
                int digit = bits_of(scalars[i], window) + carry;
                carry = digit > 1 << (width_ - 1) ? 1 : 0;
                digit -= carry << width_;
                digits_[window * points_.size() + i] = static_cast<std::int16_t>(digit);
            }
            CHECK(carry == 0);
        }
    }

    Point total() {
        Point acc;
        for (std::size_t window = digits_.size() / points_.size(); window-- > 0;) {
            fill_buckets(window);
            // Each bucket counts as often as its number says: once for each bit of the number.
            for (int bit = width_ - 1; bit >= 0; --bit) {
                chosen_.clear();
                for (std::size_t number = 1; number < buckets_.size(); ++number)
                    if ((number >> bit & 1U) != 0 && buckets_[number])
                        chosen_.push_back(&*buckets_[number]);
                const Point of_bit = sum(chosen_);
                chosen_.clear();
                if (acc) chosen_.assign(2, &*acc);
                if (of_bit) chosen_.push_back(&*of_bit);
                acc = sum(chosen_);
            }
        }
        return acc;
    }

  private:
    int bits_of(const Scalar& scalar, std::size_t window) const {
        int out = 0;
        for (int bit = width_ - 1; bit >= 0; --bit) {
            const std::size_t at =
                window * static_cast<std::size_t>(width_) + static_cast<std::size_t>(bit);
            const int one = at < kScalarBits ? scalar.bytes[31 - at / 8] >> (at % 8) & 1 : 0;
            out = 2 * out + one;
        }
        return out;
    }

    void fill_buckets(std::size_t window) {
        const std::size_t buckets = (std::size_t{1} << (width_ - 1)) + 1;
        members_.resize(buckets);
        for (auto& members : members_) members.clear();
        for (std::size_t i = 0; i < points_.size(); ++i) {
            const int digit = digits_[window * points_.size() + i];
            if (digit > 0) members_[static_cast<std::size_t>(digit)].push_back(&points_[i]);
            if (digit < 0) members_[static_cast<std::size_t>(-digit)].push_back(&negated_[i]);
        }
        buckets_.resize(buckets);
        for (std::size_t number = 1; number < buckets; ++number)
            buckets_[number] = sum(members_[number]);
    }

    std::vector<secp256k1_pubkey> points_;
    std::vector<secp256k1_pubkey> negated_;
    int width_;
    std::vector<std::int16_t> digits_;  // by window, then by point
    std::vector<std::vector<const secp256k1_pubkey*>> members_;
    std::vector<Point> buckets_;
    std::vector<const secp256k1_pubkey*> chosen_;
};

bool equal(const Point& a, const Point& b) {
    if (!a || !b) return !a && !b;
    return secp256k1_ec_pubkey_cmp(curve_context(), &*a, &*b) == 0;
}

std::optional<secp256k1_pubkey> parsed(ByteView encoded) {
    secp256k1_pubkey out;
    if (secp256k1_ec_pubkey_parse(curve_context(), &out, encoded.data(), encoded.size()) != 1)
        return std::nullopt;
    return out;
}

std::optional<secp256k1_pubkey> nonce_point(const RecoverableSignature& signature) {
    FixedBytes<33> encoded;
    encoded.bytes[0] = static_cast<std::uint8_t>(2 + signature.recovery_id);
    std::copy(signature.r.begin(), signature.r.end(), encoded.bytes.begin() + 1);
    return parsed(encoded);
}

bool is_well_formed(const SignerClaim& claim, std::size_t keys) {
    const RecoverableSignature& signature = claim.signature;
    return claim.key < keys && is_scalar(signature.r) && is_low_s(signature.s) &&
           signature.recovery_id <= 1;
}

}  // namespace

bool all_hold(std::span<const PublicKey> keys, std::span<const SignerClaim> claims) {
    if (claims.empty()) return true;
    for (const SignerClaim& claim : claims)
        if (!is_well_formed(claim, keys.size())) return false;

    Arithmetic mod;
    const std::vector<Scalar> of_nonces = coefficients(keys, claims);
    const std::vector<Scalar> over_s = inverses(mod, claims);
    std::optional<Scalar> of_base;
    std::vector<std::optional<Scalar>> of_keys(keys.size());
    std::vector<secp256k1_pubkey> nonces;
    nonces.reserve(claims.size());
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const auto nonce = nonce_point(claims[i].signature);
        if (!nonce) return false;
        nonces.push_back(*nonce);
        const Scalar weight = mod.product(of_nonces[i], over_s[i]);
        mod.add(of_base, mod.product(weight, claims[i].digest));
        mod.add(of_keys[claims[i].key], mod.product(weight, claims[i].signature.r));
    }
    if (!mod.ok) return false;

    std::vector<secp256k1_pubkey> signers;
    std::vector<Scalar> scalars;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!of_keys[i]) continue;
        const auto point = parsed(keys[i].uncompressed());
        CHECK(point.has_value());
        signers.push_back(*point);
        scalars.push_back(*of_keys[i]);
    }
    secp256k1_pubkey base;
    CHECK(secp256k1_ec_pubkey_create(curve_context(), &base, of_base->data()) == 1);
    const Point of_signers = Multiples(std::move(signers), scalars, kScalarBits).total();
    std::vector<const secp256k1_pubkey*> right{&base};
    if (of_signers) right.push_back(&*of_signers);
    return equal(Multiples(std::move(nonces), of_nonces, kCoefficientBits).total(), sum(right));
}

}  // namespace assay::crypto
