// SPDX-License-Identifier: MIT

use core::num::traits::Zero;
use starknet::ContractAddress;

mod errors;

/// What a vault can do for its owner.
trait IVault<T> {
    fn deposit(ref self: T, amount: u256) -> bool;
    /// The balance of an account.
    fn balance_of(self: @T, account: ContractAddress) -> u256;
}

/// A place where tokens are kept.
#[derive(Drop)]
struct Vault<T> {
    owner: T,
    total: u256,
}

enum Event {
    Deposited: u256,
    Emptied: u256,
}

impl VaultImpl of IVault<Vault> {
    // Takes nothing but what is above zero.
    fn deposit(ref self: Vault, amount: u256) -> bool {
        if amount == 0 && self.total == 0 {
            return false;
        }
        self.total += amount;
        true
    }

    fn balance_of(self: @Vault, account: ContractAddress) -> u256 {
        match find(account) {
            Option::Some(balance) => balance,
            Option::None => 0,
        }
    }
}

mod math {
    /// Divides and rounds up.
    fn divide(a: u128, b: u128) -> u128 {
        let quotient = a / b;
        if a % b == 0 {
            quotient
        } else {
            quotient + 1
        }
    }

    extern fn u128_sqrt(value: u128) -> u64;
}

#[test]
fn test_divide() {
    let mut i = 0;
    loop {
        if i == 3 {
            break;
        }
        assert(math::divide(i, 1) == i, 'wrong');
        i += 1;
    };
}
