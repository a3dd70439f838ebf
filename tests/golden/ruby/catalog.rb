# frozen_string_literal: true

require "json"
require_relative "item"

# Everything about the store.
module Store
  class NotFound < StandardError; end

  # A catalog of items.
  #
  # It is kept in the order of arrival.
  class Catalog < Base
    attr_reader :items

    # rubocop:disable Metrics
    def initialize(items = [], limit: 10, **options, &block)
      @items = items
      @limit = limit
    end

    # Finds an item by its name.
    def find(name)
      items.each do |item|
        return item if item.name == name && !item.hidden?
      end
      raise NotFound, name
    end

    def self.load(path)
      new(JSON.parse(File.read(path)))
    rescue JSON::ParserError
      path.nil? ? new : raise
    end

    def size = items.size

    # Changes how many items are kept.
    def limit=(limit)
      @limit = limit
    end

    def self.default=(catalog)
      @default = catalog
    end

    def [](index)
      case index
      when Integer then items[index]
      when String
        find(index)
      end
    end

    class << self
      def empty
        new
      end
    end

    private

    def full?
      while items.size > @limit
        items.pop
      end
      items.size == @limit or @limit.zero?
    end
  end
end

class << Store::Catalog
  def full
    new([], limit: 0)
  end
end

class Store::Item
  def price
    @price ||= begin
      10
    end
  end
end

=begin
Prints a catalog.
=end
def print_catalog(catalog, *names)
  unless names.empty?
    puts names
  end
end

describe Store::Catalog do
  it "finds an item" do
    expect(catalog.find("pen")).to be
  end
end
