`include "defs.vh"

package math;
  function automatic int add(input int a, input int b);
    return a + b;
  endfunction
endpackage

interface bus;
  logic valid;
endinterface

// Counts clock edges.
// It starts at zero.
module counter #(parameter WIDTH = 8) (
  input wire clk,
  input wire reset,
  output reg [WIDTH-1:0] count
);
  import math::*;

  always @(posedge clk) begin
    if (reset && clk) begin
      count <= 0;
    end else begin
      case (count)
        8'd0: count <= 1;
        default: count <= count + 1;
      endcase
    end
  end

  task clear;
    begin
      count = 0;
    end
  endtask

  /* Doubles a number. */
  function [7:0] twice(input [7:0] x);
    twice = x > 100 ? 200 : 2 * x;
  endfunction
endmodule

//-----------------------
module old(a, b);
  input a;
  output b;
  assign b = ~a;
endmodule

class Item;
  int value;

  function new(int start);
    value = start;
  endfunction

  function int get();
    return value;
  endfunction
endclass
