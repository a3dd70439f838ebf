#define PI_TIMES(x) (3.14159 * (x))

struct Input {
    float4 position : POSITION;
    float2 uv : TEXCOORD0;
};

struct Output {
    float4 position : SV_POSITION;
    float3 color : COLOR0;
};

// The color of the sky at a height.
float3 sky(float height, float haze = 0.5)
{
    if (height < 0.0 || haze > 1.0) {
        return float3(0.1, 0.1, 0.1);
    }
    float blue = sin(PI_TIMES(height) / 2);
    return lerp(float3(1, 1, 1), float3(0.2, 0.4, blue), haze);
}

/** Transforms a vertex. */
Output main(Input input)
{
    Output output;
    output.position = input.position;
    output.color = sky(input.uv.y);
    for (int i = 0; i < 3; i++) {
        output.color[i] = output.color[i] > 1 ? 1 : output.color[i];
    }
    return output;
}
