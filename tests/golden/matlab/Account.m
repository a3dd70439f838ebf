classdef Account < handle
    properties
        balance = 0
        owner
    end

    methods
        function obj = Account(owner)
            % ACCOUNT Makes an account of one owner.
            obj.owner = owner;
        end

        function deposit(obj, amount, times)
            % Adds an amount some times.
            %
            % It must be positive.
            if amount <= 0 || times < 1
                error('nothing to add');
            elseif amount > 1e6 && times > 10
                return
            end
            for k = 1:times
                obj.balance = obj.balance + amount;
            end
        end

        function text = describe(obj)
            switch obj.balance
                case 0
                    text = 'empty';
                otherwise
                    text = 'full';
            end
        end
    end
end

function [total, count] = sumAll(accounts)
% Sums up all balances.
total = 0;
count = 0;
while count < numel(accounts)
    count = count + 1;
    total = total + accounts(count).balance;
end
end
