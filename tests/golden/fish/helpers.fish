#!/usr/bin/env fish
source ~/.config/fish/base.fish

# Greets somebody.
# Says so twice where asked to.
function greet --argument-names name times --description 'Say hello'
    if test -n "$name"; and test "$times" -gt 1
        for i in (seq $times)
            echo "hello $name"
        end
    else if test -z "$name"
        return 1
    end
end

function pick
    switch $argv[1]
        case a
            echo first
        case '*'
            echo other
    end
end

# ------------------
function wait_for
    while not test -e $argv[1]
        sleep 1
    end
end
