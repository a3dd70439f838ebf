package require Tcl 8.6
source helpers.tcl

# A stack of values.
namespace eval stack {
    variable items {}

    # Puts a value on top.
    proc push {value {times 1}} {
        variable items
        if {$times < 1 || $value eq ""} {
            error "nothing to push"
        } elseif {$times > 100} {
            return
        }
        for {set i 0} {$i < $times} {incr i} {
            lappend items $value
        }
    }

    proc size {} {
        variable items
        return [llength $items]
    }
}

#-------------------------
proc sum {args} {
    set total 0
    foreach number $args {
        if {[string is integer $number] && $number > 0} {
            incr total $number
        }
    }
    while {$total > 1000} {
        incr total -1000
    }
    return $total
}

# Prints all that it is given.
proc report {name args} {
    puts "$name: [sum {*}$args]"
}

proc ::stack::clear {{quiet 0}} {
    variable items {}
}

# A stack with a limit.
oo::class create ::stack::Limited {
    variable limit

    constructor {most} {
        set limit $most
    }

    # Puts values on top while there is room.
    method push {value {times 1} args} {
        if {[stack::size] < $limit} {
            stack::push $value $times
        }
    }

    destructor {
        stack::clear
    }
}

snit::type History {
    typemethod latest {} {
        return [lindex $entries end]
    }
}

namespace eval extras:: {
    variable size 3
}
