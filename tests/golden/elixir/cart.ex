defprotocol Store.Priced do
  @doc "Tells the price of a thing."
  def price(thing)
end

defmodule Store.Cart do
  @moduledoc """
  Carts of items.
  """

  alias Store.Item
  import Enum, only: [sum: 1]

  defstruct items: [], state: :open

  @type t :: %__MODULE__{items: list, state: atom}

  @doc """
  Adds an item.

  Fails once the cart is paid.
  """
  @doc since: "1.2.0"
  @spec add(t, Item.t(), integer) :: t
  def add(cart, item, times \\ 1)

  def add(%{state: :paid}, _item, _times), do: raise("paid")

  def add(cart, %Item{} = item, times) when times > 0 do
    if times > 10 && item.rare do
      cart
    else
      %{cart | items: List.duplicate(item, times) ++ cart.items}
    end
  end

  @doc "Takes one cart out of another."
  def left - right do
    remove(left, right.items)
  end

  def left + right when is_map(left) and is_map(right) do
    merge(left, right.items)
  end

  # Not a doc.
  defp label(cart) do
    case cart.state do
      :open -> "open"
      :paid -> "paid"
      _ -> "?"
    end
  end

  def empty?(cart), do: cart.items == []

  def size do
    0
  end

  defmacro is_paid(cart) do
    quote do
      unquote(cart).state == :paid
    end
  end

  defimpl Store.Priced do
    def price(cart) do
      for item <- cart.items, item.price > 0 do
        item.price
      end
      |> sum()
    end
  end
end

defmodule Store.CartTest do
  use ExUnit.Case

  @tag :slow
  test "adds items" do
    assert Store.Cart.add(%Store.Cart{}, %Item{}) != nil
  end
end

defmodule Store.Marker, do: def(mark, do: :store)
