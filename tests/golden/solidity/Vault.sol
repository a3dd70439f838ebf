// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

import "./IERC20.sol";
import {SafeMath} from "./SafeMath.sol";

/// @title What a vault can do.
interface IVault {
    function deposit(uint256 amount) external returns (bool);
}

library Shares {
    /// @notice Rounds down.
    function part(uint256 whole, uint256 share) internal pure returns (uint256) {
        return (whole * share) / 100;
    }
}

/**
 * @dev Keeps tokens for their owners.
 */
contract Vault is IVault {
    enum State { Open, Closed }

    struct Deposit {
        uint256 amount;
        uint64 since;
    }

    error TooSmall(uint256 amount, uint256 least);

    event Deposited(address indexed owner, uint256 amount);

    mapping(address => Deposit) private deposits;
    State public state;
    address public owner;

    modifier onlyOwner(uint256 code) {
        require(msg.sender == owner, "not the owner");
        _;
    }

    constructor(address first) {
        owner = first;
    }

    /// @notice Adds to what the sender has.
    /// @param amount in the smallest unit
    function deposit(uint256 amount) external override returns (bool) {
        if (amount == 0 || state == State.Closed) {
            revert TooSmall(amount, 1);
        }
        for (uint256 i = 0; i < 2; i++) {
            deposits[msg.sender].amount += Shares.part(amount, 50);
        }
        emit Deposited(msg.sender, amount);
        return true;
    }

    function close() public onlyOwner(1) {
        state = State.Closed;
    }

    receive() external payable {
        deposits[msg.sender].amount += msg.value;
    }
}
