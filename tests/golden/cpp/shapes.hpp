#pragma once
#include <memory>
#include <vector>

// Adds up; arguments are evaluated twice.
#define TWICE(x) ((x) + (x))

namespace shapes {

using std::vector;

enum class Color { Red, Green };

union Word {
    int whole;
    char bytes[4];
};

typedef struct {
    double x, y;
} Point;

/// Something that can be added.
template <typename T>
concept Addable = requires(T a) { a + a; };

/**
 * @brief A shape on a canvas.
 *
 * It owns its points.
 */
class Shape {
public:
    explicit Shape(vector<Point> points, Color color = Color::Red)
        : points_(std::move(points)), color_(color) {}
    virtual ~Shape() = default;

    // Computes the area.
    virtual double area() const = 0;

    bool operator==(const Shape& other) const { return color_ == other.color_; }

    static int count() {
        static int made = 0;
        return made++;
    }

private:
    vector<Point> points_;
    Color color_;
};

struct Circle : public Shape {
    double radius;

    double area() const override;
};

// The area of a circle.
// It grows with the square of the radius.
double Circle::area() const {
    return 3.14159 * radius * radius;
}

/*! Finds the largest shape. */
template <class Range, typename... Rest>
const Shape* largest(const Range& shapes, int depth = 3, Rest&&... rest) {
    const Shape* best = nullptr;
    for (const auto& shape : shapes) {
        if (best == nullptr || shape->area() > best->area()) {
            best = shape.get();
        }
    }
    auto check = [&](int level) { return level > 0 ? level : depth; };
    try {
        check(depth);
    } catch (const std::exception& error) {
        return nullptr;
    }
    return best;
}

//-----------------------------------------
static inline int* first(int (&numbers)[4], int (*less)(int, int)) noexcept {
    switch (numbers[0]) {
        case 1:
            return &numbers[1];
        default:
            return numbers;
    }
}

}  // namespace shapes
