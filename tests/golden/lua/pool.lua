local utils = require("utils")
local log = require "log"

local Pool = {}
Pool.__index = Pool

--- Makes a pool.
-- It starts empty.
-- @param size most items
function Pool.new(size)
  return setmetatable({ items = {}, size = size or 8 }, Pool)
end

--[[
Takes an item out of the pool.
]]
function Pool:take(kind, ...)
  for index, item in ipairs(self.items) do
    if item.kind == kind and not item.used then
      return table.remove(self.items, index)
    elseif item.broken or index > self.size then
      break
    end
  end
  return nil
end

-- Says how much room is left.
local function room(pool)
  return pool.size - #pool.items
end

local clear = function(pool)
  while #pool.items > 0 do
    table.remove(pool.items)
  end
end

Pool.fill = function(self, make)
  repeat
    local function one()
      return make()
    end
    table.insert(self.items, one())
  until room(self) == 0
end

-----------------------------------
return {
  pool = Pool,
  clear = clear,
  close = function(pool)
    clear(pool)
  end,
}
