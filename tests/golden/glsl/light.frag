#version 330 core

#define SATURATE(x) clamp(x, 0.0, 1.0)

struct Light {
    vec3 position;
    vec3 color;
};

uniform Light lights[4];
in vec3 normal;
out vec4 color;

/* Diffuse light of one source. */
vec3 diffuse(Light light, vec3 at, float strength)
{
    vec3 direction = normalize(light.position - at);
    return light.color * SATURATE(dot(normal, direction)) * strength;
}

/**
 * Sums up all lights.
 */
void main()
{
    vec3 sum = vec3(0.0);
    for (int i = 0; i < 4; i++) {
        if (lights[i].color.r > 0.0 && i != 2) {
            sum += diffuse(lights[i], normal, i == 0 ? 1.0 : 0.5);
        }
    }
    color = vec4(sum, 1.0);
}
