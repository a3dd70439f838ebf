with Ada.Text_IO; use Ada.Text_IO;

package Stacks is

   type Stack is record
      Count : Natural := 0;
   end record;

   -- Puts an item on top.
   procedure Push (Item : Integer; Times : Positive := 1);

   function Size return Natural;

   function "+" (Left, Right : Stack) return Stack is (Joined (Left, Right));

   procedure Clear (Into : in out Stack) is null;

   type Handle is private;
   type Named is new Stack with private;
   subtype Level is Integer range 0 .. 10;

   -- What holds items of any type.
   generic
      type Item is private;
      with procedure Visit (Element : Item);
   package Lists is
      procedure Each (List : access Node);
   end Lists;

   generic
      type Item is private;
   procedure Swap (Left, Right : in out Item);

   procedure Swap_Levels is new Swap (Item => Level);
   package Level_Lists is new Lists (Level, Show);
   package Maps renames Ada.Containers.Maps;
   function Depth (Of_Stack : Stack) return Natural renames Size;

   task type Worker (Number : Positive) is
      entry Start (Load : Level);
   end Worker;

   task Cleaner;

   protected type Lock is
      procedure Seize;
      entry Wait;
   private
      Held : Boolean := False;
   end Lock;

private
   type Handle is access all Stack;
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

   protected body Lock is
      procedure Seize is
      begin
         Held := True;
      end Seize;

      entry Wait when not Held is
      begin
         null;
      end Wait;
   end Lock;

   procedure Elsewhere (Item : Integer) is separate;

end Stacks;
