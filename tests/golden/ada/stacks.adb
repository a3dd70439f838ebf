with Ada.Text_IO; use Ada.Text_IO;

package Stacks is

   type Stack is record
      Count : Natural := 0;
   end record;

   -- Puts an item on top.
   procedure Push (Item : Integer; Times : Positive := 1);

   function Size return Natural;

end Stacks;

package body Stacks is

   Items : array (1 .. 10) of Integer;
   Count : Natural := 0;

   -- Puts an item on top.
   -- Fails where there is no room.
   procedure Push (Item : Integer; Times : Positive := 1) is
   begin
      for I in 1 .. Times loop
         if Count < 10 then
            Count := Count + 1;
            Items (Count) := Item;
         elsif Item > 0 then
            raise Constraint_Error;
         end if;
      end loop;
   exception
      when Constraint_Error =>
         Put_Line ("full");
   end Push;

   -----------
   -- Size  --
   -----------

   function Size return Natural is
   begin
      return Count;
   end Size;

   function Describe (Left, Right : in out Integer) return String is
      function Sign (N : Integer) return Character is
      begin
         case N is
            when 0 => return '0';
            when others => return '+';
         end case;
      end Sign;
   begin
      return (1 => Sign (Left - Right));
   end Describe;

   task body Worker is
   begin
      Push (1);
   end Worker;

end Stacks;
