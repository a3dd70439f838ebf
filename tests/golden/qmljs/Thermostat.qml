// Copyright 2024 The authors
pragma ComponentBehavior: Bound

import QtQuick 2.15
import QtQuick.Controls 2.15 as Controls
import "format.js" as Format

/*!
    \brief Shows a room's temperature and lets one choose another.
*/
Rectangle {
    id: thermostat

    enum Mode {
        Off,
        Heat,
        Cool
    }

    property int mode: Thermostat.Off
    readonly property real span: highest - lowest
    property real lowest: 5
    property real highest: 30
    default property alias content: column.data
    property var history: []

    // How a temperature is written.
    property var label: function (value, unit) {
        const digits = Format.digits(value, 1);
        return unit ? digits + unit : digits + " °C";
    }

    signal chosen(real temperature, string reason)
    signal reset

    component Knob: Item {
        id: knob

        property real angle: 0

        function turn(degrees: real): void {
            angle = (angle + degrees) % 360;
        }
    }

    /**
     * Chooses a temperature within the limits.
     */
    function choose(temperature: real, reason = "user"): bool {
        if (temperature < lowest || temperature > highest) {
            return false;
        }
        history.push({ at: Date.now(), temperature });
        while (history.length > 10) {
            history.shift();
        }
        chosen(temperature, reason);
        return true;
    }

    onModeChanged: {
        const running = mode !== Thermostat.Off && visible;
        timer.running = running;
    }

    Component.onCompleted: () => {
        history = [];
        reset();
    }

    Column {
        id: column

        Controls.Slider {
            from: thermostat.lowest
            to: thermostat.highest
            onMoved: value => {
                const half = Math.round(value * 2) / 2;
                thermostat.choose(half);
            }
        }

        Text {
            text: thermostat.label(20)
            color: thermostat.mode === Thermostat.Heat ? "orange" : "steelblue"
        }
    }

    Timer {
        id: timer
        interval: 1000
        repeat: true
        onTriggered: thermostat.choose(thermostat.lowest, "timer")
    }
}
