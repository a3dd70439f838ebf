library ieee;
use ieee.std_logic_1164.all;

package counters is
  constant limit : integer := 10;
end package counters;

package body counters is
  -- Adds two numbers.
  function add(a, b : integer; carry : in std_logic := '0') return integer is
  begin
    return a + b;
  end function add;

  procedure clear(signal value : out integer) is
  begin
    value <= 0;
  end procedure clear;
end package body counters;

-- Counts clock edges.
entity counter is
  generic (width : natural := 8);
  port (
    clk   : in  std_logic;
    reset : in  std_logic;
    count : out integer
  );
end entity counter;

--------------------------
architecture rtl of counter is
  signal value : integer := 0;
begin
  -- Does the counting.
  tick : process (clk, reset) is
  begin
    if reset = '1' then
      value <= 0;
    elsif rising_edge(clk) and value < 10 then
      for i in 0 to 3 loop
        case i is
          when 0 => value <= value + 1;
          when others => null;
        end case;
      end loop;
    end if;
  end process tick;

  count <= value;
end architecture rtl;

entity bench is
end entity bench;

configuration fast of counter is
  for rtl
  end for;
end configuration fast;
