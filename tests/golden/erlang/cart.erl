-module(cart).
-export([add/2, total/1]).
-include("store.hrl").

-record(item, {name, price = 0 :: integer()}).

-type cart() :: [#item{}].

-define(LIMIT, 10).
-define(TWICE(X), ((X) + (X))).

%% @doc Adds an item.
%% Fails where there is no room.
-spec add(#item{}, cart()) -> cart().
add(Item, Cart) when length(Cart) < ?LIMIT, Item =/= undefined ->
    [Item | Cart];
% A full cart.
add(_, _) ->
    erlang:error(full).

%%--------------------------------
total([]) ->
    0;
total([#item{price = Price} | Rest]) ->
    Price + total(Rest).

% Finds an item by its name.
find(Name, Cart) ->
    case [I || I <- Cart, I#item.name =:= Name] of
        [] ->
            undefined;
        [Item | _] when Item#item.price > 0 andalso Name =/= none ->
            if
                Item#item.price > 100 -> expensive;
                true -> Item
            end
    end.

% Another function, of one more argument.
find(Name, Cart, Default) ->
    case find(Name, Cart) of
        undefined -> Default;
        Found -> Found
    end.

serve(Cart) ->
    receive
        {add, Item} -> serve(add(Item, Cart));
        stop -> ok
    after ?TWICE(1000) ->
        timeout
    end.
