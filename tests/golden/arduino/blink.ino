#include <Servo.h>

#define LED(n) (13 - (n))

enum Mode { OFF, BLINKING };

struct Button {
  int pin;
  bool pressed;
};

/* Keeps the time between two blinks. */
class Timer {
public:
  Timer(unsigned long period) : period_(period), last_(0) {}

  // Says whether it is time again.
  bool due() {
    if (millis() - last_ < period_) {
      return false;
    }
    last_ = millis();
    return true;
  }

private:
  unsigned long period_;
  unsigned long last_;
};

Timer timer(500);
Mode mode = BLINKING;

// Runs once when the board starts.
void setup() {
  Serial.begin(9600);
  pinMode(LED(0), OUTPUT);
}

// Runs over and over.
void loop() {
  while (Serial.available() > 0) {
    mode = Serial.read() == 'x' ? OFF : BLINKING;
  }
  if (mode == BLINKING && timer.due()) {
    blink(LED(0), 2);
  }
}

/**
 * Blinks some times.
 */
void blink(int pin, int times) {
  for (int i = 0; i < times; i++) {
    digitalWrite(pin, HIGH);
    delay(50);
    digitalWrite(pin, LOW);
  }
}
