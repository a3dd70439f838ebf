`include "defs.vh"

package math;
  function automatic int add(input int a, input int b);
    return a + b;
  endfunction
endpackage

interface bus(input logic clk);
  logic valid;
endinterface

program checks;
endprogram

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

  virtual function int get(int unit = 1);
    return value * unit;
  endfunction

  extern function void clear();

  // Waits for a change.
  protected virtual task watch(input int limit);
    #limit;
  endtask
endclass

/*
 * Copyright of somebody.
 */
module \$buffer (A, Y);
  input A;
  output Y;
  assign Y = A;
endmodule

module bench;
  wire done;
endmodule
